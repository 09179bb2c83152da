package io.opsiq.analyst;

import io.opsiq.analyst.Answer.Confidence;
import io.opsiq.engine.Grid;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer before it has a number and a time.
 *
 * @param plan what a later question may go on from; null where there is none
 * @param needsCases whether the question is about cases, and they were not at hand
 */
record Draft(
        String question,
        String text,
        String sql,
        Grid grid,
        @Nullable Chart chart,
        Confidence confidence,
        List<String> followUps,
        @Nullable QueryPlan plan,
        boolean needsCases) {

    static Draft declined(String question, String text, List<String> followUps) {
        return new Draft(question, text, "", Grid.empty(), null, Confidence.LOW, followUps, null, false);
    }

    static Draft withoutCases(String question) {
        return new Draft(question, "", "", Grid.empty(), null, Confidence.LOW, List.of(), null, true);
    }

    Answer answer(String id, Instant now) {
        return new Answer(
                id,
                question,
                text,
                sql,
                chart,
                chart == null ? "none" : chart.type(),
                confidence,
                followUps,
                now,
                grid.columns(),
                grid.rows());
    }
}
