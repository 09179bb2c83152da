package io.opsiq.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Seeded leaks: of each type facts of middling to very large sums that are surely leaks, at people and places nobody has seen. What
 * they have in common with known facts is what says nothing about who or why: the kind, the size, the day. A change that hides one
 * would hide leaks of everybody.
 */
public final class Canaries {

    private static final int OF_EACH = 8;
    private static final long SEED = 20261122;
    private static final int HIGHEST_RANK = 90;
    private static final double GROWTH = 10;

    /** Traits that say nothing about who is concerned or why it may be right. */
    private static final Set<String> OF_ANYBODY =
            Set.of("record", "amount_band", "margin", "weekday", "month_day", "age", "direction", "money");

    private Canaries() {}

    /** Those for facts like these; the same facts, in whatever order, give the same. */
    public static List<Fact> among(List<Fact> facts) {
        Map<String, List<Fact>> byType = new TreeMap<>();
        facts.forEach(fact ->
                byType.computeIfAbsent(fact.type(), fresh -> new ArrayList<>()).add(fact));
        List<Fact> canaries = new ArrayList<>();
        byType.forEach((type, known) -> canaries.addAll(ofType(type, known)));
        return canaries;
    }

    private static List<Fact> ofType(String type, List<Fact> known) {
        Random random = new Random(SEED + type.hashCode());
        List<Fact> sorted = known.stream()
                .sorted(java.util.Comparator.comparingLong(Fact::money).thenComparing(Fact::caseId))
                .toList();
        long middling = sorted.get(sorted.size() / 2).money();
        long large = sorted.get((sorted.size() - 1) * HIGHEST_RANK / 100).money();
        List<Fact> canaries = new ArrayList<>();
        for (int i = 0; i < OF_EACH; i++) {
            double reach = (double) i / (OF_EACH - 1);
            double growth = Math.max(GROWTH, GROWTH * (double) large / Math.max(1.0, (double) middling));
            long money = (long) ((double) middling * Math.pow(growth, reach));
            Fact like = sorted.get(random.nextInt(sorted.size()));
            canaries.add(new Fact("CANARY-" + type + "-" + i, "Seeded leak", type, like.prior(), traits(like), money));
        }
        return canaries;
    }

    private static List<String> traits(Fact like) {
        Map<String, String> traits = new LinkedHashMap<>();
        like.traits().stream()
                .map(trait -> trait.split("=", 2))
                .filter(trait -> OF_ANYBODY.contains(trait[0]))
                .forEach(trait -> traits.put(trait[0], trait[1]));
        return traits.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .sorted()
                .toList();
    }
}
