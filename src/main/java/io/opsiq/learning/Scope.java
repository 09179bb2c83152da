package io.opsiq.learning;

import io.opsiq.evaluation.Fact;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Where something holds: facts that meet all conditions.
 *
 * @param conditions name to value: {@code anomaly_type}, {@code amount_from} and {@code amount_below} (base currency), else a
 *     trait of the fact
 */
public record Scope(SortedMap<String, String> conditions) implements Predicate<Fact> {

    static final String TYPE = "anomaly_type";
    static final String FROM = "amount_from";
    /** Between types of which a fact may have any. */
    static final String OR = " or ";

    static final String BELOW = "amount_below";

    private static final BigDecimal UNITS = new BigDecimal(10_000);

    public Scope {
        conditions = new TreeMap<>(conditions);
    }

    static Scope of(Map<String, String> conditions) {
        return new Scope(new TreeMap<>(conditions));
    }

    @Override
    public boolean test(Fact fact) {
        return conditions.entrySet().stream().allMatch(each -> meets(fact, each.getKey(), each.getValue()));
    }

    private static boolean meets(Fact fact, String name, String value) {
        return switch (name) {
            case TYPE -> Arrays.asList(value.split(OR)).contains(fact.type());
            case FROM -> fact.money() >= units(value);
            case BELOW -> fact.money() < units(value);
            default -> fact.has(name + "=" + value);
        };
    }

    private static long units(String amount) {
        return new BigDecimal(amount).multiply(UNITS).longValue();
    }

    /** In words, such as {@code reason is goodwill and region is emea}. */
    public String shown() {
        return conditions.entrySet().stream()
                .map(each -> switch (each.getKey()) {
                    case FROM -> "amount is " + each.getValue() + " or more";
                    case BELOW -> "amount is below " + each.getValue();
                    default -> each.getKey().replace('_', ' ') + " is " + each.getValue();
                })
                .collect(Collectors.joining(" and "));
    }

    /** The same scope always has the same key. */
    String key() {
        return conditions.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining("; "));
    }
}
