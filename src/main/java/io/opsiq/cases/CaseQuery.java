package io.opsiq.cases;

import io.opsiq.detectors.Detector.Severity;
import org.jspecify.annotations.Nullable;

/**
 * Which cases to list.
 *
 * @param status only these; null: all but suppressed ones
 * @param atLeast only those of this severity or worse
 * @param runId only those that this run saw
 * @param limit at most so many; 0: all
 * @param cursor where an earlier page ended
 * @param audit only suppressed ones that were picked for review
 */
public record CaseQuery(
        @Nullable CaseStatus status,
        @Nullable Severity atLeast,
        @Nullable String runId,
        int limit,
        @Nullable String cursor,
        boolean audit) {

    public CaseQuery(
            @Nullable CaseStatus status,
            @Nullable Severity atLeast,
            @Nullable String runId,
            int limit,
            @Nullable String cursor) {
        this(status, atLeast, runId, limit, cursor, false);
    }

    /** Suppressed cases that were picked for review. */
    public static CaseQuery audits() {
        return new CaseQuery(null, null, null, 0, null, true);
    }

    public static CaseQuery all() {
        return new CaseQuery(null, null, null, 0, null);
    }

    public static CaseQuery ofRun(String runId) {
        return new CaseQuery(null, null, runId, 0, null);
    }

    public CaseQuery withStatus(@Nullable CaseStatus wanted) {
        return new CaseQuery(wanted, atLeast, runId, limit, cursor, audit);
    }

    public CaseQuery atLeast(Severity lowest) {
        return new CaseQuery(status, lowest, runId, limit, cursor, audit);
    }

    public CaseQuery page(int rows, @Nullable String after) {
        return new CaseQuery(status, atLeast, runId, rows, after, audit);
    }
}
