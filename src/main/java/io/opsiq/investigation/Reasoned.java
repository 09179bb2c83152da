package io.opsiq.investigation;

import io.opsiq.reasoning.Decision;

/**
 * A decision of a run in words.
 *
 * @param decision which one, such as {@code strategy}
 * @param by who spoke: {@code model} or {@code rules}
 * @param note why the rules spoke where a model could have; else empty
 */
public record Reasoned(String decision, String text, String by, String note) {

    static final String SIGNALS = "signal_analysis";
    static final String STRATEGY = "strategy";
    static final String SUMMARY = "executive_summary";
    static final String ACTIONS = "action_decision";
    static final String EVALUATION = "evaluation_advice";

    static Reasoned byRules(String decision, String text) {
        return new Reasoned(decision, text, Decision.Speaker.RULES.word(), "");
    }

    static Reasoned of(String decision, Decision<String> made) {
        return new Reasoned(decision, made.answer(), made.speaker().word(), made.detail());
    }
}
