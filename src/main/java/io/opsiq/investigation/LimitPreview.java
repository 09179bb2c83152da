package io.opsiq.investigation;

import io.opsiq.cases.CaseStatus;
import io.opsiq.evaluation.Interval;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * What other limits of a detector would do on the books of the last run; nothing was stored.
 *
 * @param before how many cases there are with the limits in force
 * @param after how many there would be
 * @param casesLost cases that would go, the most money first
 * @param casesGained cases that would come
 * @param moneyLost per currency
 * @param precisionBefore of the judged ones; recall likewise, of those that people approved
 */
public record LimitPreview(
        String detector,
        Map<String, BigDecimal> limits,
        long before,
        long after,
        List<Found> casesLost,
        List<Found> casesGained,
        Map<String, BigDecimal> moneyLost,
        Map<String, BigDecimal> moneyGained,
        Interval precisionBefore,
        Interval precisionAfter,
        Interval recallBefore,
        Interval recallAfter) {

    /** A case that would come or go, and how it stands. */
    public record Found(String caseId, String title, BigDecimal impact, String currency, CaseStatus status) {}
}
