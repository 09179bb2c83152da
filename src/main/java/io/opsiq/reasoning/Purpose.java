package io.opsiq.reasoning;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a model is asked for. */
public enum Purpose {
    /** What a signal suggests, and the order in which to look. */
    STRATEGY(Role.PLANS, 2_500),
    /** The findings of a run for those who decide. */
    SUMMARY(Role.WORDS, 500),
    /** Which of the proposed actions first, and why. */
    ACTION_CHOICE(Role.PLANS, 1_500),
    /** What a verdict teaches: a proposal. */
    LESSON(Role.PLANS, 300),
    /** What to do about an evaluation. */
    EVALUATION_ADVICE(Role.WORDS, 400),
    /** A question's answer in words, and what to ask next. */
    ANALYST_WORDING(Role.WORDS, 500),
    /** A question as a plan of what to compute. */
    ANALYST_PLAN(Role.PLANS, 700),
    /** Whether the model answers at all. */
    CHECK(Role.PLANS, 100);

    private enum Role {
        PLANS,
        WORDS
    }

    private final Role role;
    private final int mostTokens;

    Purpose(Role role, int mostTokens) {
        this.role = role;
        this.mostTokens = mostTokens;
    }

    /** Whether the answer steers something. Such a prompt never holds a text from the books, whatever the operator set. */
    boolean plans() {
        return role == Role.PLANS;
    }

    /** The longest answer to pay for. */
    int mostTokens() {
        return mostTokens;
    }

    /** The name in logs, in JSON and of the prompt's file. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
