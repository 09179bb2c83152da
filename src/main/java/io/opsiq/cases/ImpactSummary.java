package io.opsiq.cases;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The money of the open and approved cases of a run; that of spikes and drops is not in it.
 *
 * @param caseCount all cases of the run, spikes and drops too
 * @param byCurrency amounts per currency; they are never added across currencies
 * @param netImpact lost less owed to customers, in {@code currency}; null where a rate is missing
 * @param currency the base currency, if there is one
 */
public record ImpactSummary(
        long caseCount,
        Map<String, Impact> byCurrency,
        @Nullable BigDecimal netImpact,
        @Nullable String currency) {

    /** Money lost or recoverable, and money owed to customers. */
    public record Impact(BigDecimal lost, BigDecimal owedToCustomers) {}
}
