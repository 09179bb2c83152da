package io.opsiq.reasoning;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What models, or in their place the rules, answer. */
public final class Answers {

    private Answers() {}

    /**
     * How to go about an investigation.
     *
     * @param reading what the signal suggests
     * @param steps every detector once
     */
    public record Strategy(String reading, List<Step> steps) {

        /** The detectors in order. */
        public List<String> order() {
            return steps.stream().map(Step::detector).toList();
        }
    }

    /**
     * One detector's place in the order.
     *
     * @param focus whether to look there most closely
     */
    public record Step(String detector, boolean focus, String reason) {}

    /** Words for people. */
    public record Prose(String text) {}

    /** Proposed actions, those to begin with first. An action that is not among them stays as it was proposed. */
    public record ActionChoice(List<ChosenAction> actions) {}

    /**
     * An action to begin with.
     *
     * @param action the id of one that the rules proposed
     */
    public record ChosenAction(String action, String reason) {}

    /**
     * What a verdict teaches: a proposal, which changes nothing by itself.
     *
     * @param parameter null where it teaches nothing
     * @param to within the parameter's bounds, on its steps; null without a parameter
     */
    public record Lesson(
            @Nullable String parameter, @Nullable BigDecimal to, String reason) {

        public static Lesson none(String reason) {
            return new Lesson(null, null, reason);
        }
    }

    /** A value that can be learned, and how far. */
    public record Learnable(String parameter, BigDecimal value, BigDecimal min, BigDecimal max, BigDecimal step) {

        boolean allows(BigDecimal to) {
            return to.compareTo(min) >= 0
                    && to.compareTo(max) <= 0
                    && to.compareTo(value) != 0
                    && to.subtract(min).remainder(step).signum() == 0;
        }
    }

    /**
     * An answer in words.
     *
     * @param followUps out of those that were offered, in the order in which to offer them
     */
    public record Wording(String text, List<String> followUps) {}
}
