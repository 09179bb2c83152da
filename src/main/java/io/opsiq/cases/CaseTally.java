package io.opsiq.cases;

import java.math.BigDecimal;

/**
 * The cases of a run in one band of confidence, counted; suppressed ones are not among them.
 *
 * @param actionable cases with a recommended action, and cases with at least two sentences of evidence: both counts added
 * @param specific cases with an impact, and cases with at least three sentences of evidence: both counts added
 * @param reviewedScore the scores of the approved and the false positive ones, added
 */
public record CaseTally(
        Confidence confidence,
        long cases,
        long actionable,
        long specific,
        long approved,
        long rejected,
        long falsePositive,
        BigDecimal reviewedScore) {

    public long reviewed() {
        return approved + rejected + falsePositive;
    }
}
