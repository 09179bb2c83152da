package io.opsiq.cases;

import io.opsiq.detectors.Detector.Severity;

/** How many cases have all of these in common. */
public record CaseCount(
        CaseStatus status, String anomalyType, Severity severity, String currency, Confidence confidence, long cases) {}
