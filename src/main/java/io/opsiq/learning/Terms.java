package io.opsiq.learning;

import io.opsiq.evaluation.Fact;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What can be said of a fact in one condition of a scope, as texts {@code name=value}. */
final class Terms {

    /** Of these a scope may have one beside two others; alone they say what was found and not where. */
    private static final Set<String> GENERIC = Set.of(Scope.TYPE, "record");

    /** What large and small facts differ in; reviewers see the large ones first, so sharing these proves nothing. */
    private static final Set<String> BY_SIZE = Set.of(Scope.FROM, Scope.BELOW, "amount_band", "margin");

    /** When a thing happened and how old it is are no reason why it should be right. */
    private static final Set<String> NO_REASON = Set.of("weekday", "age");

    private static final List<Amount> AMOUNTS = Stream.of(
                    "10", "20", "50", "100", "200", "500", "1000", "2000", "5000", "10000", "20000", "50000", "100000")
            .map(Amount::of)
            .toList();

    private Terms() {}

    private record Amount(String text, long units) {

        static Amount of(String text) {
            return new Amount(text, new BigDecimal(text).movePointRight(4).longValueExact());
        }
    }

    static List<String> of(Fact fact) {
        List<String> terms = new ArrayList<>();
        fact.traits().stream()
                .filter(trait -> !NO_REASON.contains(feature(trait)))
                .forEach(terms::add);
        terms.add(Scope.TYPE + "=" + fact.type());
        AMOUNTS.stream()
                .filter(amount -> fact.money() >= amount.units())
                .forEach(amount -> terms.add(Scope.FROM + "=" + amount.text()));
        return terms;
    }

    static boolean has(Fact fact, String term) {
        return switch (feature(term)) {
            case Scope.TYPE, Scope.FROM, Scope.BELOW ->
                Scope.of(java.util.Map.of(feature(term), value(term))).test(fact);
            default -> fact.has(term);
        };
    }

    static String feature(String term) {
        return term.substring(0, term.indexOf('='));
    }

    static String value(String term) {
        return term.substring(term.indexOf('=') + 1);
    }

    static boolean isGeneric(String feature) {
        return GENERIC.contains(feature);
    }

    static boolean mayNarrow(String feature) {
        return !BY_SIZE.contains(feature);
    }
}
