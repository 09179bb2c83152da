package io.opsiq.evaluation;

import java.math.BigDecimal;
import java.util.List;

/**
 * What a change would have done, and would do. Precision and recall are those of the verdicts in force; recall before a change is
 * that of what is shown, so it is 1.
 *
 * @param casesLost open cases that it would hide, the most money first, at most {@value #NAMED}
 * @param casesGained cases that it would add
 * @param lost how many it would hide in all
 * @param moneyLost in the base currency where there is one
 * @param approvedHidden facts that people approved and that it would hide
 * @param canariesHidden seeded leaks that it would hide, of {@code canaries}
 */
public record Replay(
        List<Named> casesLost,
        List<Named> casesGained,
        long lost,
        long gained,
        BigDecimal moneyLost,
        BigDecimal moneyGained,
        Interval precisionBefore,
        Interval precisionAfter,
        Interval recallBefore,
        Interval recallAfter,
        long approvedHidden,
        long canariesHidden,
        long canaries) {

    public static final int NAMED = 200;

    /** A case by name. */
    public record Named(String caseId, String title, String anomalyType, BigDecimal impact) {

        static Named of(Fact fact) {
            return new Named(fact.caseId(), fact.title(), fact.type(), amount(fact.money()));
        }
    }

    static BigDecimal amount(long units) {
        return BigDecimal.valueOf(units, 4).setScale(2, java.math.RoundingMode.HALF_UP);
    }
}
