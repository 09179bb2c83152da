package io.opsiq.cases;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A case as far as learning looks at it.
 *
 * @param hiddenBy what hides it; null of what is not hidden
 * @param money gross in the base currency where there is a rate, in ten-thousandths
 */
public record Standing(
        String caseId,
        String title,
        String anomalyType,
        CaseStatus status,
        @Nullable String hiddenBy,
        Map<String, Object> features,
        long money) {}
