package io.opsiq.cases;

import java.math.BigDecimal;

/** A case that two runs saw with another score or estimate; amounts in {@code currency}. */
public record CaseChange(String caseId, String title, String anomalyType, String currency, View before, View after) {

    /** What one run saw. */
    public record View(Confidence confidence, BigDecimal confidenceScore, BigDecimal estimatedImpact) {}
}
