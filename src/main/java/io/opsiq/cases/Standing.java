package io.opsiq.cases;

import java.util.Map;

/**
 * A case as far as learning looks at it.
 *
 * @param money gross in the base currency where there is a rate, in ten-thousandths
 */
public record Standing(
        String caseId, String title, String anomalyType, CaseStatus status, Map<String, Object> features, long money) {}
