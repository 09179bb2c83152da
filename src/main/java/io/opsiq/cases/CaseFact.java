package io.opsiq.cases;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A case as far as it is counted and added up.
 *
 * @param confidenceScore the probability that it is a true leak, 0..1
 * @param inTotals false where the money is counted by the facts that it is made of
 * @param affectedEntities JSON object
 * @param features JSON object
 */
public record CaseFact(
        String caseId,
        String title,
        String anomalyType,
        String severity,
        String status,
        BigDecimal confidenceScore,
        BigDecimal grossImpact,
        BigDecimal estimatedImpact,
        String currency,
        String moneyKind,
        boolean inTotals,
        Instant createdAt,
        String affectedEntities,
        String features) {}
