package io.opsiq.evaluation;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A verdict beside what was shown when it was given.
 *
 * @param score as it was shown, 0..1
 * @param money in ten-thousandths of the base currency where there is a rate
 * @param audit whether the case was hidden and had been picked for review
 */
public record Answered(
        @Nullable String runId, BigDecimal score, boolean isTrue, long money, boolean audit, Instant at) {}
