package io.opsiq.cases;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One page of the queue, and how many cases every other choice would show.
 *
 * @param counts of all cases that have the filter's text
 */
public record CaseQueue(CaseFilter filter, List<CaseLine> lines, List<CaseCount> counts) {

    /** How many match the filter. */
    public long count() {
        return sum(filter);
    }

    /** How many there are in all, suppressed ones not counted. */
    public long all() {
        return sum(CaseFilter.ALL);
    }

    private long sum(CaseFilter wanted) {
        return counts.stream()
                .filter(count -> fits(count, wanted))
                .mapToLong(CaseCount::cases)
                .sum();
    }

    /** Of each status, how many match all of the filter but its status. */
    public Map<CaseStatus, Long> byStatus() {
        return counts.stream().filter(count -> fitsBesideStatus(count, filter)).collect(grouped(CaseCount::status));
    }

    /** Of each type that there is, how many match all of the filter but its type. */
    public Map<String, Long> byType() {
        CaseFilter others = new CaseFilter(
                filter.status(), null, filter.severity(), filter.confidence(), filter.currency(), filter.text());
        return by(CaseCount::anomalyType, others);
    }

    /** Likewise of each currency. */
    public Map<String, Long> byCurrency() {
        CaseFilter others = new CaseFilter(
                filter.status(), filter.type(), filter.severity(), filter.confidence(), null, filter.text());
        return by(CaseCount::currency, others);
    }

    private Map<String, Long> by(Function<CaseCount, String> part, CaseFilter others) {
        Map<String, Long> found = new TreeMap<>();
        counts.forEach(count -> found.merge(part.apply(count), fits(count, others) ? count.cases() : 0L, Long::sum));
        return found;
    }

    private static <K> Collector<CaseCount, ?, Map<K, Long>> grouped(Function<CaseCount, K> part) {
        return Collectors.groupingBy(part, TreeMap::new, Collectors.summingLong(CaseCount::cases));
    }

    private static boolean fits(CaseCount count, CaseFilter wanted) {
        boolean status =
                wanted.status() == null ? count.status() != CaseStatus.SUPPRESSED : count.status() == wanted.status();
        return status && fitsBesideStatus(count, wanted);
    }

    private static boolean fitsBesideStatus(CaseCount count, CaseFilter wanted) {
        return fits(count.anomalyType(), wanted.type())
                && fits(count.severity(), wanted.severity())
                && fits(count.confidence(), wanted.confidence())
                && fits(count.currency(), wanted.currency());
    }

    private static boolean fits(Object value, @Nullable Object wanted) {
        return wanted == null || Objects.equals(value, wanted);
    }
}
