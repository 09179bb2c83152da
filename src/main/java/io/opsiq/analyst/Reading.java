package io.opsiq.analyst;

import java.util.List;

/** What was made of a question. */
sealed interface Reading {

    /**
     * A plan.
     *
     * @param plan not yet checked against the books
     * @param margin how far a second reading is behind, 0..1
     * @param notes how words were taken that can be taken in two ways
     */
    record Understood(QueryPlan plan, double margin, List<String> notes) implements Reading {}

    /**
     * None.
     *
     * @param reason a sentence
     * @param suggestions words that may have been meant
     */
    record NotUnderstood(String reason, List<String> suggestions) implements Reading {}
}
