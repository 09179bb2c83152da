package io.opsiq.reasoning;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What a model is told: numbers, dates, ids, constants of the program. A value from the books (a name, a region, a customer's id) goes
 * in as a {@link Builder#label}: the model reads and writes a stand-in such as {@code region-1}, and the value is put back into what
 * it said. There is no method for free text.
 */
public final class Facts {

    private static final int LONGEST_LABEL = 80;
    private static final int LONGEST_QUESTION = 500;
    private static final Pattern FIELD = Pattern.compile("[a-z][a-z0-9_]{0,39}");
    private static final Pattern ID = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    private final Map<String, Object> tree;
    private final Gathered gathered;

    private Facts(Map<String, Object> tree, Gathered gathered) {
        this.tree = tree;
        this.gathered = gathered;
    }

    public static Builder builder() {
        return new Builder(new Gathered());
    }

    /** These facts, to be added to. */
    Builder more() {
        Builder more = new Builder(gathered.copy());
        tree.forEach((field, value) ->
                more.fields.put(field, value instanceof List<?> list ? new ArrayList<>(list) : value));
        return more;
    }

    /** An amount of money. */
    record Amount(BigDecimal value, String currency) {}

    /** A value of the books and its stand-in. */
    record Label(String standIn, String value) {}

    /** A text that a user typed. */
    private record Typed(String text) {}

    /** All that may be said, in whatever part of the facts it stands. */
    static final class Gathered {
        final List<BigDecimal> numbers = new ArrayList<>();
        final List<Amount> amounts = new ArrayList<>();
        final List<BigDecimal> percents = new ArrayList<>();
        final Set<LocalDate> dates = new HashSet<>();
        final Set<String> times = new HashSet<>();
        final Set<String> ids = new HashSet<>();
        final Set<String> words = new HashSet<>();
        final Map<String, Label> labels = new LinkedHashMap<>();
        final Map<List<String>, Label> known = new HashMap<>();
        final Map<String, Integer> counts = new HashMap<>();
        final List<String> typed = new ArrayList<>();

        Gathered copy() {
            Gathered copy = new Gathered();
            copy.numbers.addAll(numbers);
            copy.amounts.addAll(amounts);
            copy.percents.addAll(percents);
            copy.dates.addAll(dates);
            copy.times.addAll(times);
            copy.ids.addAll(ids);
            copy.words.addAll(words);
            copy.labels.putAll(labels);
            copy.known.putAll(known);
            copy.counts.putAll(counts);
            copy.typed.addAll(typed);
            return copy;
        }
    }

    Gathered gathered() {
        return gathered;
    }

    /** The labels by stand-in. */
    Map<String, Label> labels() {
        return Collections.unmodifiableMap(gathered.labels);
    }

    /** For the prompt; labels written out, or their stand-ins. */
    Object shown(boolean names) {
        return shown(tree, names);
    }

    private Object shown(Object node, boolean names) {
        return switch (node) {
            case Map<?, ?> map -> {
                Map<Object, Object> shown = new LinkedHashMap<>();
                map.forEach((name, value) -> shown.put(name, shown(value, names)));
                yield shown;
            }
            case List<?> list -> list.stream().map(each -> shown(each, names)).toList();
            case Label label -> names ? label.value() : label.standIn();
            case Typed typed -> names ? typed.text() : withStandIns(typed.text());
            default -> node;
        };
    }

    /** The text with every value that has one replaced by its stand-in. */
    private String withStandIns(String text) {
        Map<String, String> standIns = new HashMap<>();
        gathered.labels
                .values()
                .forEach(label -> standIns.put(label.value().toLowerCase(Locale.ROOT), label.standIn()));
        return standIns.isEmpty() ? text : Tokens.replace(text, standIns);
    }

    /** The text with every stand-in replaced by its value. */
    String withValues(String text) {
        Map<String, String> values = new HashMap<>();
        gathered.labels.forEach((standIn, label) -> values.put(standIn, label.value()));
        return values.isEmpty() ? text : Tokens.replace(text, values);
    }

    /** What users typed, as the model sees it. */
    List<String> typed(boolean names) {
        return gathered.typed.stream()
                .map(text -> names ? text : withStandIns(text))
                .toList();
    }

    /** Puts facts together. Field names are constants of the caller's code, in snake_case. */
    public static final class Builder {

        private final Map<String, Object> fields = new LinkedHashMap<>();
        private final Gathered gathered;

        private Builder(Gathered gathered) {
            this.gathered = gathered;
        }

        /** A count. */
        public Builder number(String field, long value) {
            return number(field, BigDecimal.valueOf(value));
        }

        /** A measured or computed number that is no money. */
        public Builder number(String field, BigDecimal value) {
            gathered.numbers.add(value);
            return put(field, value);
        }

        /** A part of a whole, 0.25 for 25 %; both ways of saying it are then allowed. */
        public Builder share(String field, BigDecimal value) {
            gathered.numbers.add(value);
            BigDecimal percent = value.movePointRight(2);
            gathered.percents.add(percent);
            return put(field, percent.stripTrailingZeros().toPlainString() + " %");
        }

        /** Money with its currency; a currency that is none by its form is left out. */
        public Builder amount(String field, BigDecimal value, String currency) {
            String code = CURRENCY.matcher(currency).matches() ? currency : "";
            gathered.amounts.add(new Amount(value, code));
            return put(field, (code + " " + value.toPlainString()).strip());
        }

        public Builder date(String field, LocalDate value) {
            gathered.dates.add(value);
            return put(field, value.toString());
        }

        /** A moment; the model sees its date and minute, UTC. */
        public Builder moment(String field, Instant value) {
            var utc = value.atOffset(ZoneOffset.UTC);
            String time = "%02d:%02d".formatted(utc.getHour(), utc.getMinute());
            gathered.dates.add(utc.toLocalDate());
            gathered.times.add(time);
            return put(field, utc.toLocalDate() + " " + time + " UTC");
        }

        public Builder flag(String field, boolean value) {
            return put(field, value);
        }

        /** A constant of the program, such as a severity. */
        public Builder code(String field, Enum<?> value) {
            String word = value.name().toLowerCase(Locale.ROOT);
            gathered.words.addAll(List.of(word.split("_")));
            gathered.ids.add(word);
            return put(field, word);
        }

        /**
         * An id that OpsIQ gave or ships: of a case, a run, an action, a detector, a parameter, a metric. An id from the books is a
         * {@link #label}; what does not look like an id becomes one.
         */
        public Builder id(String field, String id) {
            return put(field, named(field, id));
        }

        /** Several of them. */
        public Builder ids(String field, Collection<String> ids) {
            return put(field, ids.stream().map(id -> named(field, id)).toList());
        }

        private Object named(String field, String id) {
            if (!ID.matcher(id).matches()) {
                return labelled(field, id);
            }
            gathered.ids.add(id);
            gathered.words.addAll(List.of(id.toLowerCase(Locale.ROOT).split("[_-]")));
            return id;
        }

        /** A value from the books; the model knows it by a stand-in, unless the operator lets names out. */
        public Builder label(String field, String value) {
            return put(field, labelled(field, value));
        }

        /** Several of them. */
        public Builder labels(String field, Collection<String> values) {
            return put(
                    field, values.stream().map(value -> labelled(field, value)).toList());
        }

        private Label labelled(String field, String raw) {
            String value = PlainText.line(raw, LONGEST_LABEL);
            String shown = value.isEmpty() ? "(blank)" : value;
            return gathered.known.computeIfAbsent(List.of(field, shown), key -> newLabel(field, shown));
        }

        private Label newLabel(String field, String value) {
            int number = gathered.counts.merge(checked(field), 1, Integer::sum);
            Label label = new Label(field + "-" + number, value);
            gathered.labels.put(label.standIn(), label);
            return label;
        }

        /**
         * What a user typed, for the purposes that answer users. Values that stand elsewhere in the facts as labels are replaced
         * in it by their stand-ins; the rest leaves the machine as it was typed.
         */
        public Builder typed(String field, String text) {
            String line = PlainText.line(text, LONGEST_QUESTION);
            gathered.typed.add(line);
            return put(field, new Typed(line));
        }

        /** Facts that belong together. */
        public Builder group(String field, Consumer<Builder> content) {
            return put(field, inner(content));
        }

        /** One more entry of a list. */
        @SuppressWarnings("unchecked") // only this method puts lists of rows
        public Builder row(String field, Consumer<Builder> content) {
            List<Object> rows = (List<Object>) fields.computeIfAbsent(checked(field), name -> new ArrayList<>());
            rows.add(inner(content));
            return this;
        }

        private Map<String, Object> inner(Consumer<Builder> content) {
            Builder inner = new Builder(gathered);
            content.accept(inner);
            return inner.fields;
        }

        private Builder put(String field, Object value) {
            fields.put(checked(field), value);
            return this;
        }

        private String checked(String field) {
            if (!FIELD.matcher(field).matches()) {
                throw new IllegalArgumentException(
                        "'" + field + "' is no name of a field. Maybe write it in snake_case.");
            }
            gathered.words.addAll(List.of(field.split("_")));
            return field;
        }

        public Facts build() {
            return new Facts(Collections.unmodifiableMap(new LinkedHashMap<>(fields)), gathered);
        }
    }
}
