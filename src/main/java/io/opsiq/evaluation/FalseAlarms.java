package io.opsiq.evaluation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where findings were called false.
 *
 * @param scope a type, alone or with one trait of its facts
 * @param judged verdicts in force on facts in it
 * @param falseAlarms those of them that say false, or not worth acting on
 * @param share of the judged ones
 */
public record FalseAlarms(Map<String, String> scope, long judged, long falseAlarms, Interval share) {

    /** Fewer say nothing about a scope. */
    private static final int FEWEST = 3;

    private static final int LISTED = 50;
    private static final String TYPE = "anomaly_type";

    /** A scope, counted. */
    private static final class Count {

        private final Map<String, String> scope;
        private long judged;
        private long falseAlarms;

        Count(Map<String, String> scope) {
            this.scope = scope;
        }

        void add(Judged each) {
            judged++;
            falseAlarms += each.isTrue() ? 0 : 1;
        }

        FalseAlarms counted() {
            return new FalseAlarms(Map.copyOf(scope), judged, falseAlarms, Interval.of(falseAlarms, judged));
        }
    }

    /**
     * The scopes with at least three false alarms, the surest first: types, and traits within a type whose share is surely above that of
     * the whole type.
     */
    public static List<FalseAlarms> of(List<Judged> judged) {
        Map<String, FalseAlarms> types = new TreeMap<>();
        Map<String, Count> byType = new TreeMap<>();
        Map<String, Count> byTrait = new TreeMap<>();
        for (Judged each : judged) {
            String type = each.fact().type();
            byType.computeIfAbsent(type, fresh -> new Count(Map.of(TYPE, type))).add(each);
            each.fact()
                    .traits()
                    .forEach(trait -> byTrait.computeIfAbsent(
                                    type + " " + trait, fresh -> new Count(scope(type, trait)))
                            .add(each));
        }
        byType.forEach((type, count) -> types.put(type, count.counted()));
        List<FalseAlarms> found = new ArrayList<>(types.values());
        byTrait.values().stream()
                .map(Count::counted)
                .filter(each -> isAbove(each, types.get(each.scope().get(TYPE))))
                .forEach(found::add);
        return found.stream()
                .filter(each -> each.falseAlarms() >= FEWEST)
                .sorted(Comparator.comparing(FalseAlarms::surely)
                        .reversed()
                        .thenComparing(each -> new TreeMap<>(each.scope()).toString()))
                .limit(LISTED)
                .toList();
    }

    private static Map<String, String> scope(String type, String trait) {
        int equals = trait.indexOf('=');
        return Map.of(TYPE, type, trait.substring(0, equals), trait.substring(equals + 1));
    }

    private static boolean isAbove(FalseAlarms trait, @Nullable FalseAlarms type) {
        return type != null
                && Stream.ofNullable(type.share().value())
                        .anyMatch(whole -> trait.surely().compareTo(whole) > 0);
    }

    private BigDecimal surely() {
        BigDecimal low = share.low();
        return low == null ? BigDecimal.ZERO : low;
    }
}
