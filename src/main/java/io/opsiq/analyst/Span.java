package io.opsiq.analyst;

import io.opsiq.analyst.Meaning.Cue;
import io.opsiq.analyst.Meaning.DimensionNamed;
import io.opsiq.analyst.Meaning.MetricNamed;
import io.opsiq.analyst.Meaning.Time;
import io.opsiq.analyst.Meaning.ValueNamed;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Some words of a question and what they may stand for.
 *
 * @param meanings the likeliest first; none: words that nobody knows
 */
record Span(int start, int length, List<Meaning> meanings) {

    boolean is(Cue... anyOf) {
        return Stream.of(anyOf).anyMatch(meanings::contains);
    }

    boolean isKnown() {
        return !meanings.isEmpty();
    }

    /** The metric that the words may name. */
    Optional<String> metric() {
        return as(MetricNamed.class).map(MetricNamed::metric);
    }

    /** The dimension that the words may name. */
    Optional<String> dimension() {
        return as(DimensionNamed.class).map(DimensionNamed::dimension);
    }

    boolean isMetric() {
        return metric().isPresent();
    }

    boolean isDimension() {
        return dimension().isPresent();
    }

    boolean isValue() {
        return as(ValueNamed.class).isPresent();
    }

    boolean isTime() {
        return as(Time.class).isPresent();
    }

    boolean isValueOf(String dimension) {
        return all(ValueNamed.class).stream()
                .anyMatch(value -> value.dimension().equals(dimension));
    }

    private <T extends Meaning> Optional<T> as(Class<T> type) {
        return all(type).stream().findFirst();
    }

    <T extends Meaning> List<T> all(Class<T> type) {
        return meanings.stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<Token> words(List<Token> tokens) {
        return tokens.subList(start, start + length);
    }
}
