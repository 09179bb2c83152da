package io.opsiq.analyst;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The analyst's answer.
 *
 * @param answerId begins with {@code ANS-}; what a later question goes on from
 * @param answer sentences; every number and name in them stands in {@code rows}, in the question or in how it was read
 * @param sqlUsed the statement that was run, as it was run; empty where none was
 * @param chartData null where there is nothing to draw
 * @param chartType line, bar, waterfall or none
 * @param confidence low where the question was declined
 * @param followUps questions that the analyst can answer
 * @param columns of {@code sqlUsed}
 * @param rows what {@code sqlUsed} returned
 */
public record Answer(
        String answerId,
        String question,
        String answer,
        String sqlUsed,
        @Nullable Chart chartData,
        String chartType,
        Confidence confidence,
        List<String> followUps,
        Instant timestamp,
        List<String> columns,
        List<List<@Nullable Object>> rows) {

    /** How sure the analyst is that it read the question right and that the data are whole. */
    public enum Confidence {
        LOW,
        MEDIUM,
        HIGH
    }
}
