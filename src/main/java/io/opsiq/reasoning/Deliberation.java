package io.opsiq.reasoning;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The decisions of one run, or of one question of a user's: together they have one budget. Safe for threads. */
public final class Deliberation {

    private final @Nullable String runId;
    private final Budget budget;
    private final Desk desk;

    Deliberation(@Nullable String runId, Budget budget, Desk desk) {
        this.runId = runId;
        this.budget = budget;
        this.desk = desk;
    }

    /**
     * The model's answer where there is one that passed all checks, else the rules'. Throws nothing but what the rules throw, and
     * takes no longer than a decision may, the rules' own time aside. Not to be called within a transaction: the log entry of the call waits for the end of it.
     *
     * @param rules the same decision without a model; called only when needed
     */
    public <A> Decision<A> decide(Question<A> question, Supplier<A> rules) {
        return desk.decide(runId, budget, question, rules);
    }
}
