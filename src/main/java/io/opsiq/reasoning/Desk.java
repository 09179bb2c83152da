package io.opsiq.reasoning;

import io.opsiq.reasoning.Decision.Because;
import io.opsiq.reasoning.Interview.Outcome;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where questions are put to the model, and to the rules when it has no answer. */
interface Desk {

    <A> Decision<A> decide(@Nullable String runId, Budget budget, Question<A> question, Supplier<A> rules);

    /** Without a model. */
    record RulesAlone(Because because) implements Desk {

        @Override
        public <A> Decision<A> decide(@Nullable String runId, Budget budget, Question<A> question, Supplier<A> rules) {
            return Decision.ofRules(rules.get(), because, because.sentence());
        }
    }

    /** With a model. */
    record WithModel(Line line, ReasoningLog log, Redaction redaction, Limits limits, boolean names) implements Desk {

        @Override
        public <A> Decision<A> decide(@Nullable String runId, Budget budget, Question<A> question, Supplier<A> rules) {
            long begun = System.nanoTime();
            Deadline deadline = Deadline.in(limits.decision()).within(budget.time());
            Interview<A> interview = new Interview<>(question, names, line, budget, deadline, redaction);
            Outcome<A> outcome = budget.time().isZero()
                    ? new Outcome.Nothing<>(Because.BUDGET, Because.BUDGET.sentence())
                    : interview.hold();
            budget.waited(Duration.ofNanos(System.nanoTime() - begun));
            Decision<A> decision = decision(outcome, rules);
            log.keep(runId, question.purpose(), interview.calls(), decision.speaker());
            return decision;
        }

        private static <A> Decision<A> decision(Outcome<A> outcome, Supplier<A> rules) {
            return switch (outcome) {
                case Outcome.Answered<A> answered -> Decision.ofModel(answered.answer());
                case Outcome.Nothing<A> nothing -> Decision.ofRules(rules.get(), nothing.because(), nothing.detail());
            };
        }

        @Override
        public String toString() {
            return "WithModel";
        }
    }
}
