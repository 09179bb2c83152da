package io.opsiq.cases;

import io.opsiq.detectors.Detector.MoneyKind;
import io.opsiq.detectors.Detector.Severity;
import io.opsiq.sentiment.RiskLevel;
import java.math.BigDecimal;
import java.time.Instant;

/** A case as a line of the queue shows it; see {@link Case} for what the fields mean. */
public record CaseLine(
        String caseId,
        String title,
        String anomalyType,
        Severity severity,
        Confidence confidence,
        BigDecimal confidenceScore,
        BigDecimal grossImpact,
        BigDecimal estimatedImpact,
        String currency,
        MoneyKind moneyKind,
        boolean recurring,
        RiskLevel risk,
        CaseStatus status,
        Instant createdAt) {}
