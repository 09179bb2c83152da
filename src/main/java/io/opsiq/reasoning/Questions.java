package io.opsiq.reasoning;

import io.opsiq.reasoning.Answers.ActionChoice;
import io.opsiq.reasoning.Answers.ChosenAction;
import io.opsiq.reasoning.Answers.Learnable;
import io.opsiq.reasoning.Answers.Lesson;
import io.opsiq.reasoning.Answers.Prose;
import io.opsiq.reasoning.Answers.Step;
import io.opsiq.reasoning.Answers.Strategy;
import io.opsiq.reasoning.Answers.Wording;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The questions that OpsIQ asks, each with the bounds of its answer. Ids that may be chosen need not stand in the facts as well. */
public final class Questions {

    private static final int REASON = 300;
    private static final int TEXT = 1_500;
    private static final String NONE = "none";

    private Questions() {}

    /** In which order to look, and where most closely. An answer that leaves a detector out, or names one twice, is refused. */
    public static Question<Strategy> strategy(Facts facts, List<String> detectors) {
        Schema step = Schema.fields(
                ordered("detector", Schema.choice(detectors), "focus", Schema.flag(), "reason", Schema.prose(REASON)));
        Schema.Fields schema = Schema.fields(ordered(
                "reading", Schema.prose(REASON), "steps", Schema.items(step, detectors.size(), detectors.size())));
        return Question.of(Purpose.STRATEGY, withIds(facts, "detectors", detectors), schema, Strategy.class)
                .checked(answer ->
                        onlyOnce(answer.steps().stream().map(Step::detector).toList(), "a detector"));
    }

    /** The findings in a few sentences. */
    public static Question<Prose> summary(Facts facts) {
        return prose(Purpose.SUMMARY, facts, TEXT);
    }

    /** What the evaluation says and what to do about it, in a few sentences. */
    public static Question<Prose> evaluationAdvice(Facts facts) {
        return prose(Purpose.EVALUATION_ADVICE, facts, TEXT);
    }

    private static Question<Prose> prose(Purpose purpose, Facts facts, int longest) {
        return Question.of(purpose, facts, Schema.fields(ordered("text", Schema.prose(longest))), Prose.class);
    }

    /** With which of the proposed actions to begin. None can be added; one that is left out stays proposed. */
    public static Question<ActionChoice> actionChoice(Facts facts, List<String> proposed) {
        Schema action = Schema.fields(ordered("action", Schema.choice(proposed), "reason", Schema.prose(REASON)));
        Schema.Fields schema = Schema.fields(ordered("actions", Schema.items(action, 1, proposed.size())));
        return Question.of(Purpose.ACTION_CHOICE, withIds(facts, "actions", proposed), schema, ActionChoice.class)
                .checked(answer -> onlyOnce(
                        answer.actions().stream().map(ChosenAction::action).toList(), "an action"));
    }

    /** Which limit a verdict speaks against, if any, and what it should be. */
    public static Question<Lesson> lesson(Facts facts, List<Learnable> learnable) {
        List<String> choices = Stream.concat(learnable.stream().map(Learnable::parameter), Stream.of(NONE))
                .toList();
        Schema.Fields schema = Schema.fields(ordered(
                "parameter", Schema.choice(choices),
                "to", Schema.maybe(Schema.number(lowest(learnable), highest(learnable))),
                "reason", Schema.prose(REASON)));
        return Question.of(Purpose.LESSON, withLearnable(facts, learnable), schema, Lesson.class)
                .checked(lesson -> outOfBounds(lesson, learnable))
                .map(lesson -> NONE.equals(lesson.parameter()) ? Lesson.none(lesson.reason()) : lesson);
    }

    private static Facts withLearnable(Facts facts, List<Learnable> learnable) {
        Facts.Builder more = facts.more();
        learnable.forEach(each -> more.row(
                "learnable",
                row -> row.id("parameter", each.parameter())
                        .number("value", each.value())
                        .number("min", each.min())
                        .number("max", each.max())
                        .number("step", each.step())));
        return more.build();
    }

    private static Optional<String> outOfBounds(Lesson lesson, List<Learnable> learnable) {
        @Nullable BigDecimal to = lesson.to();
        if (NONE.equals(lesson.parameter())) {
            return Optional.empty();
        }
        boolean fits = to != null
                && learnable.stream().anyMatch(each -> each.parameter().equals(lesson.parameter()) && each.allows(to));
        return fits
                ? Optional.empty()
                : Optional.of("the proposed value is outside the bounds or off the steps of its parameter");
    }

    private static BigDecimal lowest(List<Learnable> learnable) {
        return learnable.stream()
                .map(Learnable::min)
                .min(Comparator.naturalOrder())
                .orElse(BigDecimal.ZERO);
    }

    private static BigDecimal highest(List<Learnable> learnable) {
        return learnable.stream()
                .map(Learnable::max)
                .max(Comparator.naturalOrder())
                .orElse(BigDecimal.ZERO);
    }

    /** The analyst's answer in words, and which of the follow-up questions to offer. */
    public static Question<Wording> wording(Facts facts, List<String> followUps) {
        List<String> keys = IntStream.rangeClosed(1, followUps.size())
                .mapToObj(i -> "f" + i)
                .toList();
        Facts.Builder more = facts.more();
        IntStream.range(0, keys.size())
                .forEach(i ->
                        more.row("follow_ups", row -> row.id("key", keys.get(i)).typed("question", followUps.get(i))));
        Schema.Fields schema = Schema.fields(ordered(
                "text",
                Schema.prose(TEXT),
                "follow_ups",
                Schema.items(Schema.choice(orNone(keys)), 0, Math.max(1, keys.size()))));
        return Question.of(Purpose.ANALYST_WORDING, more.build(), schema, Wording.class)
                .checked(answer -> onlyOnce(answer.followUps(), "a follow-up"))
                .map(answer -> new Wording(answer.text(), chosen(answer.followUps(), keys, followUps)));
    }

    /** A choice needs something to choose from. */
    private static List<String> orNone(List<String> keys) {
        return keys.isEmpty() ? List.of(NONE) : keys;
    }

    private static List<String> chosen(List<String> said, List<String> keys, List<String> followUps) {
        return said.stream()
                .filter(keys::contains)
                .map(key -> followUps.get(keys.indexOf(key)))
                .toList();
    }

    /** A plan of what to compute, in the caller's form; values in it are literals from the facts. The caller checks it as it would its own. */
    public static Question<JsonNode> plan(Facts facts, Schema.Fields schema) {
        return Question.of(Purpose.ANALYST_PLAN, facts, schema, JsonNode.class);
    }

    private static Facts withIds(Facts facts, String field, Collection<String> ids) {
        return facts.more().ids(field, ids).build();
    }

    private static Optional<String> onlyOnce(List<String> ids, String what) {
        return new HashSet<>(ids).size() == ids.size()
                ? Optional.empty()
                : Optional.of(what + " is named more than once");
    }

    private static Map<String, Schema> ordered(Object... namesAndSchemas) {
        Map<String, Schema> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndSchemas.length; i += 2) {
            fields.put((String) namesAndSchemas[i], (Schema) namesAndSchemas[i + 1]);
        }
        return fields;
    }
}
