package io.opsiq.learning;

import io.opsiq.evaluation.Fact;
import io.opsiq.evaluation.Judged;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Looks for the smallest explanation of the false verdicts: scopes of one or two traits, alone or within a type, in which nobody
 * confirmed anything. A scope is believed when it shortens the description of all verdicts by more than it takes to name it among
 * all scopes that could have been named (minimum description length), so that chance finds of a long list do not count.
 */
final class ScopeSearch {

    /** Fewer false verdicts explain nothing. */
    static final int FEWEST = 3;

    private static final int MOST_ROUNDS = 20;
    private static final double LOWEST_RATE = 0.02;

    /** How many nats a scope has to save beyond its own cost: 20 to 1. */
    private static final double BELIEF = Math.log(20);

    /** Beta prior of the share of false verdicts inside a scope. */
    private static final double FALSE_INSIDE = 9.5;

    private static final double TRUE_INSIDE = 0.5;

    private final ScopeEvidence evidence;

    ScopeSearch(List<Judged> judged, List<Fact> population) {
        this.evidence = new ScopeEvidence(judged, population);
    }

    /** A scope and the false verdicts that it explains. */
    record Found(Scope scope, List<Judged> supports) {}

    /** The scopes that are believed, the one that explains most first. */
    List<Found> find() {
        if (evidence.falses().count() < FEWEST) {
            return List.of();
        }
        List<ScopeCandidate> candidates = ScopeCandidates.of(evidence);
        double rate = LOWEST_RATE;
        List<ScopeCandidate> chosen = choose(candidates, rate);
        for (int i = 0; i < MOST_ROUNDS && rateLeft(chosen) > rate; i++) {
            rate = rateLeft(chosen);
            chosen = choose(candidates, rate);
        }
        ScopeWidth width = new ScopeWidth(evidence);
        return chosen.stream().map(width::asWideAsMostSay).map(this::found).toList();
    }

    /** Takes the scope that explains most of what is left, again and again, at this rate of false ones outside of all scopes. */
    private List<ScopeCandidate> choose(List<ScopeCandidate> candidates, double rate) {
        List<ScopeCandidate> chosen = new ArrayList<>();
        Bits left = evidence.falses();
        Optional<ScopeCandidate> best = best(candidates, left, rate);
        while (best.isPresent()) {
            chosen.add(best.get());
            left = left.without(best.get().cover());
            best = best(candidates, left, rate);
        }
        return chosen;
    }

    private Optional<ScopeCandidate> best(List<ScopeCandidate> candidates, Bits left, double rate) {
        ScopeCandidate best = null;
        double most = 0;
        for (ScopeCandidate each : candidates) {
            Bits explained = each.cover().and(left);
            double gain = explained.count() < FEWEST ? 0 : gain(each, evidence.weight(explained), rate);
            boolean ties =
                    gain > 0 && gain == most && best != null && each.text().compareTo(best.text()) < 0;
            boolean better = gain > most || ties;
            if (better) {
                best = each;
                most = gain;
            }
        }
        return Optional.ofNullable(best);
    }

    private static double gain(ScopeCandidate candidate, double explained, double rate) {
        return explained * Math.log(1 / rate) + inside(explained) - candidate.cost() - BELIEF;
    }

    /** Log likelihood of so many false verdicts in a row inside a scope. */
    private static double inside(double explained) {
        double sum = 0;
        for (int i = 0; i < explained; i++) {
            sum += Math.log((FALSE_INSIDE + i) / (FALSE_INSIDE + TRUE_INSIDE + i));
        }
        return sum;
    }

    private double rateLeft(List<ScopeCandidate> chosen) {
        Bits left = evidence.falses();
        for (ScopeCandidate each : chosen) {
            left = left.without(each.cover());
        }
        double falseLeft = evidence.weight(left) + 0.5;
        return falseLeft / (falseLeft + evidence.trues().count() + 0.5);
    }

    private Found found(ScopeCandidate candidate) {
        Map<String, String> conditions = new TreeMap<>();
        candidate.terms().forEach(term -> conditions.put(term.feature(), Terms.value(term.text())));
        return new Found(Scope.of(conditions), evidence.supports(candidate));
    }
}
