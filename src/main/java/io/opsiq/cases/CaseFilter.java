package io.opsiq.cases;

import io.opsiq.detectors.Detector.Severity;
import org.jspecify.annotations.Nullable;

/**
 * Which cases the queue shows; null: no matter.
 *
 * @param status only these; null: all but suppressed ones
 * @param type the id of a detector
 * @param text a part of the title, of the case's id or of what it names
 */
public record CaseFilter(
        @Nullable CaseStatus status,
        @Nullable String type,
        @Nullable Severity severity,
        @Nullable Confidence confidence,
        @Nullable String currency,
        @Nullable String text) {

    public static final CaseFilter ALL = new CaseFilter(null, null, null, null, null, null);
}
