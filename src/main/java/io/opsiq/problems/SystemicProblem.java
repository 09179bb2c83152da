package io.opsiq.problems;

import io.opsiq.cases.ImpactSummary.Impact;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cases of one type with one cause, as interfaces show them.
 *
 * @param problemId made from the type and the cause alone, so the same problem has the same id in every run
 * @param caseIds those whose fact is still in the books, the most expected money first; suppressed ones are left out
 * @param openCount how many of them nobody has judged
 * @param grossImpact of all of them, in {@code currency}; null where they cannot be added up
 * @param currency of {@code grossImpact}: the only one, or the base currency; null where there is no sum
 * @param byCurrency amounts per currency; they are never added across currencies
 * @param runId the last run that saw it
 */
public record SystemicProblem(
        String problemId,
        String title,
        Cause cause,
        String anomalyType,
        List<String> caseIds,
        long caseCount,
        long openCount,
        @Nullable BigDecimal grossImpact,
        @Nullable String currency,
        Map<String, Impact> byCurrency,
        Status status,
        String runId) {

    /**
     * What the cases share.
     *
     * @param kind such as {@code issuer}
     * @param shared columns and the value that all of them have there
     * @param share of all cases of the type that it explains, 0..1
     * @param expectedShare what chance would give it, 0..1
     * @param explanation the same in a sentence
     */
    public record Cause(
            String kind, Map<String, String> shared, BigDecimal share, BigDecimal expectedShare, String explanation) {}

    /** Where its cases stand. */
    public enum Status {
        /** Some wait for a verdict. */
        OPEN,
        APPROVED,
        REJECTED,
        FALSE_POSITIVE,
        ACCEPTED,
        /** All are judged, not all alike. */
        MIXED
    }
}
