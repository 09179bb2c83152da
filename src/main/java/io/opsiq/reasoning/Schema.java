package io.opsiq.reasoning;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The form of an answer. There is no place in it for a free text that would steer something: what a model says is a choice out of
 * given ones, a number within bounds, a literal that stands in the facts, or prose, which is checked before anyone sees it.
 */
public sealed interface Schema {

    /** As JSON schema, in the part of it that servers hold models to. */
    Map<String, Object> json();

    /** An object with exactly these fields, in this order. */
    static Fields fields(Map<String, Schema> fields) {
        return new Fields(fields);
    }

    /** One of these. */
    static Schema choice(List<String> values) {
        return new Choice(List.copyOf(values));
    }

    /** A list. */
    static Schema items(Schema each, int fewest, int most) {
        return new Items(each, fewest, most);
    }

    /** A number within bounds, both of them allowed. */
    static Schema number(BigDecimal min, BigDecimal max) {
        return new Numeric(min, max);
    }

    /** A whole number within bounds, both of them allowed. */
    static Schema whole(long min, long max) {
        return new Whole(min, max);
    }

    static Schema flag() {
        return new Flag();
    }

    /** Words for people: plain text in which each number and name is one of the facts'. */
    static Schema prose(int longest) {
        return new Prose(longest);
    }

    /** A value that stands in the facts, literally. */
    static Schema literal(int longest) {
        return new Literal(longest);
    }

    /** The same, or null. */
    static Schema maybe(Schema some) {
        return new Maybe(some);
    }

    /** An object; no field may be missing, none may be added. */
    record Fields(Map<String, Schema> fields) implements Schema {

        public Fields(Map<String, Schema> fields) {
            this.fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        @Override
        public Map<String, Object> json() {
            Map<String, Object> properties = new LinkedHashMap<>();
            fields.forEach((name, schema) -> properties.put(name, schema.json()));
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("type", "object");
            json.put("properties", properties);
            json.put("required", List.copyOf(fields.keySet()));
            json.put("additionalProperties", false);
            return json;
        }
    }

    /** One of these. */
    record Choice(List<String> values) implements Schema {

        @Override
        public Map<String, Object> json() {
            return described("string", "one of these", Map.of("enum", values));
        }
    }

    /** A list. */
    record Items(Schema each, int fewest, int most) implements Schema {

        @Override
        public Map<String, Object> json() {
            return described("array", "%d to %d entries".formatted(fewest, most), Map.of("items", each.json()));
        }
    }

    /** A number within bounds. */
    record Numeric(BigDecimal min, BigDecimal max) implements Schema {

        @Override
        public Map<String, Object> json() {
            return described("number", "from %s to %s".formatted(min.toPlainString(), max.toPlainString()), Map.of());
        }
    }

    /** A whole number within bounds. */
    record Whole(long min, long max) implements Schema {

        @Override
        public Map<String, Object> json() {
            return described("integer", "from %d to %d".formatted(min, max), Map.of());
        }
    }

    /** Yes or no. */
    record Flag() implements Schema {

        @Override
        public Map<String, Object> json() {
            return Map.of("type", "boolean");
        }
    }

    /** Words for people. */
    record Prose(int longest) implements Schema {

        @Override
        public Map<String, Object> json() {
            return described("string", "plain text, at most %d characters".formatted(longest), Map.of());
        }
    }

    /** A value out of the facts. */
    record Literal(int longest) implements Schema {

        @Override
        public Map<String, Object> json() {
            return described("string", "a value as it stands in the facts", Map.of());
        }
    }

    /** Something, or null. */
    record Maybe(Schema some) implements Schema {

        @Override
        public Map<String, Object> json() {
            return Map.of("anyOf", List.of(some.json(), Map.of("type", "null")));
        }
    }

    private static Map<String, Object> described(String type, String description, Map<String, Object> more) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", type);
        json.put("description", description);
        json.putAll(more);
        return json;
    }
}
