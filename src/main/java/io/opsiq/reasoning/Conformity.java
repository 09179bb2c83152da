package io.opsiq.reasoning;

import io.opsiq.reasoning.Schema.Choice;
import io.opsiq.reasoning.Schema.Fields;
import io.opsiq.reasoning.Schema.Flag;
import io.opsiq.reasoning.Schema.Items;
import io.opsiq.reasoning.Schema.Literal;
import io.opsiq.reasoning.Schema.Maybe;
import io.opsiq.reasoning.Schema.Numeric;
import io.opsiq.reasoning.Schema.Prose;
import io.opsiq.reasoning.Schema.Whole;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Whether an answer has the form that was asked for. What is wrong is said with names from the schema, never with the answer's words. */
final class Conformity {

    private static final int MOST_DIGITS = 20;

    private Conformity() {}

    static Optional<String> flawIn(JsonNode node, Schema schema) {
        return flaw(node, schema, "the answer");
    }

    private static Optional<String> flaw(JsonNode node, Schema schema, String where) {
        return switch (schema) {
            case Fields fields -> objectFlaw(node, fields.fields(), where);
            case Items items -> arrayFlaw(node, items, where);
            case Maybe maybe -> node.isNull() ? Optional.empty() : flaw(node, maybe.some(), where);
            case Choice choice ->
                unless(node.isString() && choice.values().contains(node.asString()), where, "one of the given values");
            case Numeric number ->
                unless(
                        node.isNumber() && isWithin(node.decimalValue(), number.min(), number.max()),
                        where,
                        "a number within its bounds");
            case Whole whole ->
                unless(
                        node.isIntegralNumber()
                                && isWithin(
                                        node.decimalValue(),
                                        BigDecimal.valueOf(whole.min()),
                                        BigDecimal.valueOf(whole.max())),
                        where,
                        "a whole number within its bounds");
            case Flag() -> unless(node.isBoolean(), where, "true or false");
            case Prose prose -> textFlaw(node, prose.longest(), where);
            case Literal literal -> textFlaw(node, literal.longest(), where);
        };
    }

    private static Optional<String> objectFlaw(JsonNode node, Map<String, Schema> fields, String where) {
        if (!node.isObject()
                || node.size() != fields.size()
                || !fields.keySet().stream().allMatch(node::has)) {
            return Optional.of(where + " is not an object with the fields " + String.join(", ", fields.keySet()));
        }
        return firstOf(fields.entrySet().stream()
                .map(field -> flaw(node.get(field.getKey()), field.getValue(), field.getKey())));
    }

    private static Optional<String> arrayFlaw(JsonNode node, Items items, String where) {
        if (!node.isArray() || node.size() < items.fewest() || node.size() > items.most()) {
            return Optional.of(where + " is not a list of %d to %d entries".formatted(items.fewest(), items.most()));
        }
        return firstOf(IntStream.range(0, node.size()).mapToObj(i -> flaw(node.get(i), items.each(), where)));
    }

    private static Optional<String> textFlaw(JsonNode node, int longest, String where) {
        boolean fits =
                node.isString() && !node.asString().isBlank() && node.asString().length() <= longest;
        return unless(fits, where, "a text of 1 to " + longest + " characters");
    }

    /** Numbers of absurd precision would take forever to compute with. */
    private static boolean isWithin(BigDecimal value, BigDecimal min, BigDecimal max) {
        return Math.abs((long) value.scale()) <= MOST_DIGITS && value.compareTo(min) >= 0 && value.compareTo(max) <= 0;
    }

    private static Optional<String> unless(boolean fits, String where, String what) {
        return fits ? Optional.empty() : Optional.of(where + " is not " + what);
    }

    private static Optional<String> firstOf(Stream<Optional<String>> flaws) {
        return flaws.flatMap(Optional::stream).findFirst();
    }

    /** All texts of an answer that has the form, checked and made fit for people: {@code spoken} may refuse one by throwing. */
    static Object spoken(JsonNode node, Schema schema, Texts texts) {
        return switch (schema) {
            case Fields fields -> {
                Map<String, Object> spoken = new LinkedHashMap<>();
                fields.fields().forEach((name, each) -> spoken.put(name, spoken(node.get(name), each, texts)));
                yield spoken;
            }
            case Items items ->
                IntStream.range(0, node.size())
                        .mapToObj(i -> spoken(node.get(i), items.each(), texts))
                        .toList();
            case Maybe maybe -> node.isNull() ? node : spoken(node, maybe.some(), texts);
            case Prose prose -> texts.prose(node.asString());
            case Literal literal -> texts.literal(node.asString());
            case Choice choice -> node;
            case Numeric number -> node;
            case Whole whole -> node;
            case Flag() -> node;
        };
    }

    /** What becomes of the texts of an answer. */
    interface Texts {

        String prose(String said);

        String literal(String said);
    }
}
