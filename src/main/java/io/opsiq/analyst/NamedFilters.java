package io.opsiq.analyst;

import io.opsiq.analyst.Meaning.Cue;
import io.opsiq.analyst.Meaning.DimensionNamed;
import io.opsiq.analyst.Meaning.ValueNamed;
import io.opsiq.analyst.QueryPlan.Filter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The values that a question narrows its numbers to, or leaves out. */
final class NamedFilters {

    private final Sentence sentence;
    private final Ground ground;
    private final List<Metric> metrics;
    private final Map<String, Filter> filters = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    /** @param metrics the numbers that are narrowed, at least one */
    NamedFilters(Sentence sentence, Ground ground, List<String> metrics) {
        this.sentence = sentence;
        this.ground = ground;
        this.metrics = metrics.stream().map(ground.model()::metric).toList();
        read();
    }

    List<Filter> filters() {
        return List.copyOf(filters.values());
    }

    /** How values were taken that are values of several dimensions. */
    List<String> notes() {
        return notes;
    }

    private void read() {
        boolean excluding = false;
        for (int i = 0; i < sentence.spans().size(); i++) {
            Span span = sentence.at(i);
            if (span.isValue() && !isNumber(span)) {
                note(i, excluding);
            } else if (span.is(Cue.EXCEPT)) {
                excluding = true;
                requireValueAfter(i);
            } else if (!standsBetween(span) && !span.is(Cue.AND)) {
                excluding = false;
            }
        }
    }

    private boolean isNumber(Span span) {
        return span.metric()
                        .filter(name -> metrics.contains(ground.model().metric(name)))
                        .isPresent()
                && !sentence.isKindOfCaseAlone(span);
    }

    /** Whether the words may stand between "without" and the value that is left out. */
    private static boolean standsBetween(Span span) {
        return span.is(Cue.FILLER, Cue.TOTAL) || span.isDimension();
    }

    private void requireValueAfter(int at) {
        boolean there = sentence.spans().stream()
                .skip(at + 1)
                .dropWhile(span -> standsBetween(span) && !span.isValue())
                .findFirst()
                .filter(Span::isValue)
                .isPresent();
        if (!there) {
            throw new Unclear("I cannot tell what “" + sentence.text(sentence.at(at))
                    + "” leaves out: I can leave out values of a dimension, such as a region.");
        }
    }

    private void note(int at, boolean excluded) {
        Map<String, List<String>> values = sentence.at(at).all(ValueNamed.class).stream()
                .collect(Collectors.groupingBy(
                        ValueNamed::dimension,
                        LinkedHashMap::new,
                        Collectors.mapping(ValueNamed::value, Collectors.toList())));
        String dimension = dimension(at, fitting(at, values.keySet()));
        Filter filter = new Filter(dimension, distinct(values.getOrDefault(dimension, List.of())), excluded);
        filters.merge(dimension + excluded, filter, NamedFilters::joined);
    }

    private static Filter joined(Filter one, Filter other) {
        List<String> values = new ArrayList<>(one.values());
        values.addAll(other.values());
        return new Filter(one.dimension(), distinct(values), one.excluded());
    }

    private static List<String> distinct(List<String> values) {
        return values.stream().distinct().toList();
    }

    /** Those of the dimensions that all numbers can be narrowed by. */
    private List<String> fitting(int at, Collection<String> dimensions) {
        List<String> fitting = dimensions.stream()
                .filter(dimension -> metrics.stream().allMatch(metric -> ground.maySplit(metric, dimension)))
                .toList();
        if (fitting.isEmpty()) {
            throw new Unclear("I cannot narrow " + metrics.getFirst().label() + " to “" + sentence.text(sentence.at(at))
                    + "”, which is a value of " + labels(dimensions.stream()) + ".");
        }
        return fitting;
    }

    private String dimension(int at, List<String> fitting) {
        Optional<String> beside = beside(at, fitting);
        String dimension = beside.orElse(fitting.getFirst());
        if (fitting.size() > 1 && beside.isEmpty()) {
            notes.add("“" + sentence.text(sentence.at(at)) + "” is read as " + labels(Stream.of(dimension))
                    + "; it is also a " + labels(fitting.stream().filter(other -> !other.equals(dimension))) + ".");
        }
        return dimension;
    }

    /** The dimension that is said just before or after the value. */
    private Optional<String> beside(int at, List<String> dimensions) {
        return Stream.of(at - 1, at + 1)
                .filter(i -> sentence.is(i, Span::isDimension))
                .flatMap(i -> sentence.at(i).all(DimensionNamed.class).stream())
                .map(DimensionNamed::dimension)
                .filter(dimensions::contains)
                .findFirst();
    }

    private String labels(Stream<String> dimensions) {
        return dimensions.map(each -> ground.model().dimension(each).label()).collect(Collectors.joining(", "));
    }
}
