package io.opsiq.learning;

import io.opsiq.evaluation.Fact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** How wide a scope may be taken: several scopes explain the same verdicts, and differ in the facts that nobody has judged. */
final class ScopeWidth {

    private static final int MOST_SHARED = 40;

    /** The share of explanations by which a fact that nobody judged has to be false. */
    private static final double MAJORITY = 0.95;

    /** The part of all facts that a scope may be expected to hide wrongly. */
    private static final double MOST_WRONG = 0.002;

    /** So many scopes that name no type are of some types only, for each that is of all. */
    private static final double OF_SOME_TYPES = 2;

    /** The part of all types that such a scope is of. */
    private static final double SOME_TYPES = 0.15;

    private final ScopeEvidence evidence;

    ScopeWidth(ScopeEvidence evidence) {
        this.evidence = evidence;
    }

    /**
     * Each explanation has a say by how short it is; the widest is taken in which a fact that nobody
     * judged is false by most of them, and that says where or why if the chosen one does.
     */
    ScopeCandidate asWideAsMostSay(ScopeCandidate chosen) {
        List<ScopeTerm> shared = shared(chosen);
        List<ScopeCandidate> explanations = explanations(shared).stream()
                .filter(each -> !isAllOfType(chosen) || each.saysWhere())
                .toList();
        List<Long> masks = explanations.stream().map(each -> mask(each, shared)).toList();
        Map<Long, Integer> alike = alike(shared);
        Map<Long, Double> says = new HashMap<>();
        alike.keySet().forEach(having -> says.put(having, say(having, explanations, masks)));
        ScopeCandidate best = chosen;
        double widest = -1;
        for (int i = 0; i < masks.size(); i++) {
            double facts = 0;
            double sum = 0;
            for (Map.Entry<Long, Integer> each : alike.entrySet()) {
                if (has(each.getKey(), masks.get(i))) {
                    facts += each.getValue();
                    sum += each.getValue() * says.getOrDefault(each.getKey(), 0.0);
                }
            }
            double width = facts - explanations.get(i).cost() / 1_000;
            boolean saysEnough = explanations.get(i).saysWhere() || !chosen.saysWhere();
            if (saysEnough && isRight(facts, sum) && width > widest) {
                widest = width;
                best = explanations.get(i);
            }
        }
        return best;
    }

    private boolean isRight(double facts, double sum) {
        return sum >= MAJORITY * facts && facts - sum <= MOST_WRONG * evidence.facts();
    }

    /** The gate lets no scope through that is all of a type; then one inside it is looked for that says where or why. */
    private static boolean isAllOfType(ScopeCandidate candidate) {
        return candidate.terms().size() == 1 && candidate.terms().getFirst().isType();
    }

    /** What all false ones of a scope have in common; where they are of several types and nothing else, that they are of these. */
    private List<ScopeTerm> shared(ScopeCandidate chosen) {
        Bits covered = chosen.cover().and(evidence.falses());
        List<ScopeTerm> shared = sharedBy(covered, chosen);
        List<ScopeTerm> types = evidence.types().stream()
                .filter(each -> !each.judged().and(covered).isEmpty())
                .toList();
        boolean ofTypes = shared.stream().anyMatch(each -> each.isType());
        return ofTypes ? shared : ScopeCandidates.with(shared, seen(types));
    }

    /** The types that a scope was seen in. That its other types are not in it is the less probable, the more are. */
    private ScopeTerm seen(List<ScopeTerm> types) {
        double cost = -types.size() * Math.log(SOME_TYPES) - Math.log(OF_SOME_TYPES);
        return evidence.either(types).costing(cost);
    }

    private List<ScopeTerm> sharedBy(Bits covered, ScopeCandidate chosen) {
        return Stream.concat(evidence.terms().stream(), chosen.terms().stream())
                .distinct()
                .filter(term -> chosen.terms().contains(term) || Terms.mayNarrow(term.feature()))
                .filter(term -> covered.without(term.judged()).isEmpty())
                .sorted(Comparator.comparingDouble(ScopeTerm::cost).thenComparing(ScopeTerm::text))
                .limit(MOST_SHARED)
                .toList();
    }

    private static boolean has(long having, long mask) {
        return (having & mask) == mask;
    }

    private static double say(long having, List<ScopeCandidate> explanations, List<Long> masks) {
        double all = 0;
        double sum = 0;
        for (int i = 0; i < masks.size(); i++) {
            double weight = Math.exp(-explanations.get(i).cost());
            all += weight;
            sum += has(having, masks.get(i)) ? weight : 0;
        }
        return sum / all;
    }

    /** All scopes of these terms in which nobody confirmed anything. */
    private List<ScopeCandidate> explanations(List<ScopeTerm> shared) {
        List<List<ScopeTerm>> sets = new ArrayList<>(List.of(List.of()));
        for (ScopeTerm term : shared) {
            List.copyOf(sets).stream()
                    .filter(set -> room(set, term))
                    .map(set -> ScopeCandidates.with(set, term))
                    .forEach(sets::add);
        }
        return sets.stream()
                .filter(set -> !set.isEmpty())
                .map(evidence::candidate)
                .filter(each -> each.cover().and(evidence.trues()).isEmpty())
                .toList();
    }

    private static boolean room(List<ScopeTerm> set, ScopeTerm term) {
        boolean generic = Terms.isGeneric(term.feature());
        return set.stream().noneMatch(each -> each.feature().equals(term.feature()))
                && set.stream()
                                .filter(each -> Terms.isGeneric(each.feature()) == generic)
                                .count()
                        < (generic ? 1 : 2);
    }

    /** How many unjudged facts have which of these terms. */
    private Map<Long, Integer> alike(List<ScopeTerm> shared) {
        Map<Long, Integer> alike = new TreeMap<>();
        for (Fact fact : evidence.population()) {
            long mask = 0;
            for (int i = 0; i < shared.size(); i++) {
                mask |= Terms.has(fact, shared.get(i).text()) ? 1L << i : 0;
            }
            alike.merge(mask, 1, Integer::sum);
        }
        return alike;
    }

    private static long mask(ScopeCandidate candidate, List<ScopeTerm> shared) {
        return candidate.terms().stream()
                .mapToLong(term -> 1L << shared.indexOf(term))
                .reduce(0, (a, b) -> a | b);
    }
}
