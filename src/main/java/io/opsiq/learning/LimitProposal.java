package io.opsiq.learning;

import java.math.BigDecimal;
import java.util.List;

/**
 * A change of a limit that verdicts speak for; a value without effect.
 *
 * @param key the memory key of the limit
 * @param from the limit in force
 * @param to within the limit's bounds, one step from it
 * @param feedbackIds the verdicts it rests on
 * @param proposedBy {@code rules} or {@code model}
 * @param reason why, in words
 * @param waitsFor what is missing before it can be put to the test
 */
public record LimitProposal(
        String key,
        String anomalyType,
        BigDecimal from,
        BigDecimal to,
        List<String> feedbackIds,
        String proposedBy,
        String reason,
        String waitsFor) {}
