package io.opsiq.learning;

import io.opsiq.evaluation.Fact;
import io.opsiq.evaluation.Judged;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Looks for the smallest explanation of the false verdicts: scopes of one or two traits, alone or within a type, in which nobody
 * confirmed anything. A scope is believed when it shortens the description of all verdicts by more than it takes to name it among
 * all scopes that could have been named (minimum description length), so that chance finds of a long list do not count.
 */
final class ScopeSearch {

    /** Fewer false verdicts explain nothing. */
    static final int FEWEST = 3;

    private static final int MOST_JUDGED = 1_000;
    private static final int MOST_ROUNDS = 20;
    private static final double LOWEST_RATE = 0.02;
    /** How many nats a scope has to save beyond its own cost: 20 to 1. */
    private static final double BELIEF = Math.log(20);

    private static final int MOST_SHARED = 40;
    /** The share of explanations by which a fact that nobody judged has to be false. */
    private static final double MAJORITY = 0.95;
    /** Beta prior of the share of false verdicts inside a scope. */
    private static final double FALSE_INSIDE = 9.5;

    private static final double TRUE_INSIDE = 0.5;

    /** Scopes are mostly a small part of all facts: the mean of an exponential prior of that part. */
    private static final double TYPICAL_PART = 0.03;

    /** The part of all facts that a scope may be expected to hide wrongly. */
    private static final double MOST_WRONG = 0.002;

    /** How many nats a comment that names a term speaks for it; more than three say no more. */
    private static final double NAMED = 2.5;

    private static final int MOST_NAMED = 3;
    /** So many scopes that name no type are of some types only, for each that is of all. */
    private static final double OF_SOME_TYPES = 2;

    /** The part of all types that such a scope is of. */
    private static final double SOME_TYPES = 0.15;

    private final List<Judged> judged;
    private final List<Fact> population;
    private final Map<String, Term> terms = new LinkedHashMap<>();
    private final List<Comment> comments;
    private final SharedWords words;
    private double manyTypes;
    private final Bits isTrue;
    private final Bits isFalse;
    private final Bits isNotWorth;
    private final Bits falses;

    ScopeSearch(List<Judged> judged, List<Fact> population) {
        this.judged = judged.stream()
                .sorted(Comparator.comparing(Judged::at).reversed().thenComparing(Judged::feedbackId))
                .limit(MOST_JUDGED)
                .toList();
        this.population = population;
        this.comments =
                this.judged.stream().map(each -> Comment.of(each.comment())).toList();
        this.words = new SharedWords(comments);
        this.isTrue = bits(Judged.Said.TRUE);
        this.isFalse = bits(Judged.Said.FALSE);
        this.isNotWorth = bits(Judged.Said.NOT_WORTH);
        this.falses = isFalse.or(isNotWorth);
    }

    /** A scope and the false verdicts that it explains. */
    record Found(Scope scope, List<Judged> supports) {}

    private record Term(String text, String feature, Bits judged, Bits named, double cost, double share) {

        Term costing(double other) {
            return new Term(text, feature, judged, named, other, share);
        }
    }

    private record Candidate(List<Term> terms, Bits cover, double cost) {

        String text() {
            return String.join(";", terms.stream().map(Term::text).sorted().toList());
        }
    }

    private Bits bits(Judged.Said said) {
        Bits bits = new Bits(judged.size());
        IntStream.range(0, judged.size())
                .filter(i -> judged.get(i).said() == said)
                .forEach(bits::set);
        return bits;
    }

    /** The scopes that are believed, the one that explains most first. */
    List<Found> find() {
        if (falses.count() < FEWEST) {
            return List.of();
        }
        gatherTerms();
        List<Candidate> candidates = candidates();
        double rate = LOWEST_RATE;
        List<Candidate> chosen = choose(candidates, rate);
        for (int i = 0; i < MOST_ROUNDS && rateLeft(chosen) > rate; i++) {
            rate = rateLeft(chosen);
            chosen = choose(candidates, rate);
        }
        return chosen.stream().map(this::asWideAsMostSay).map(this::found).toList();
    }

    private double weight(Bits bits) {
        return bits.and(isFalse).count() + 0.5 * bits.and(isNotWorth).count();
    }

    /** A term costs as much to name as it is rare, and as there are features to choose from. */
    private void gatherTerms() {
        Map<String, Bits> found = new TreeMap<>();
        Map<String, Integer> times = new HashMap<>();
        for (int i = 0; i < judged.size(); i++) {
            for (String term : Terms.of(judged.get(i).fact())) {
                found.computeIfAbsent(term, fresh -> new Bits(judged.size())).set(i);
                times.merge(term, 1, Integer::sum);
            }
        }
        population.forEach(fact -> Terms.of(fact).forEach(term -> times.merge(term, 1, Integer::sum)));
        double features = times.keySet().stream().map(Terms::feature).distinct().count();
        double facts = judged.size() + population.size();
        manyTypes = times.keySet().stream()
                .filter(term -> Terms.feature(term).equals(Scope.TYPE))
                .count();
        found.forEach((text, bits) -> {
            double choice = Terms.isGeneric(Terms.feature(text)) ? 2 : features;
            double share = times.getOrDefault(text, 1) / (facts + 1);
            terms.put(
                    text,
                    new Term(
                            text,
                            Terms.feature(text),
                            bits,
                            named(text, bits),
                            Math.log(choice) - Math.log(share),
                            share));
        });
    }

    /** The false verdicts whose comment names the term; none when comments on true ones name it as often. */
    private Bits named(String term, Bits having) {
        Bits named = new Bits(judged.size());
        IntStream.range(0, judged.size())
                .filter(i -> having.get(i) && comments.get(i).names(term))
                .forEach(named::set);
        Bits amongFalse = named.and(falses);
        return amongFalse.count() > named.and(isTrue).count() ? amongFalse : new Bits(judged.size());
    }

    // --- candidates ---

    /** All smallest scopes that have enough false verdicts and not one that confirms. */
    private List<Candidate> candidates() {
        List<Candidate> found = new ArrayList<>();
        List<Term> supported = terms.values().stream()
                .filter(term -> term.judged().and(falses).count() >= FEWEST)
                .toList();
        List<Term> plain = supported.stream()
                .filter(term -> !Terms.isGeneric(term.feature()))
                .toList();
        Set<Term> pure = new HashSet<>();
        gather(List.of(), isTrue.or(falses), plain, pure, found);
        plain.stream()
                .filter(term -> !pure.contains(term))
                .forEach(term -> ofSeveralTypes(term).ifPresent(found::add));
        for (Term term : supported) {
            if (Terms.isGeneric(term.feature())) {
                if (term.judged().and(isTrue).isEmpty()) {
                    found.add(candidate(List.of(term), term.judged()));
                } else {
                    gather(List.of(term), term.judged(), plain, new HashSet<>(pure), found);
                }
            }
        }
        return found;
    }

    private void gather(List<Term> given, Bits within, List<Term> plain, Set<Term> pure, List<Candidate> found) {
        List<Term> mixed = new ArrayList<>();
        for (Term term : plain) {
            Bits cover = term.judged().and(within);
            if (pure.contains(term) || cover.and(falses).count() < FEWEST) {
                continue;
            }
            if (cover.and(isTrue).isEmpty()) {
                pure.add(term);
                found.add(candidate(with(given, term), cover));
            } else {
                mixed.add(term);
            }
        }
        for (int i = 0; i < mixed.size(); i++) {
            Bits one = mixed.get(i).judged().and(within);
            for (Term second : mixed.subList(i + 1, mixed.size())) {
                Bits cover = one.and(second.judged());
                if (!second.feature().equals(mixed.get(i).feature())
                        && cover.and(falses).count() >= FEWEST
                        && cover.and(isTrue).isEmpty()) {
                    found.add(candidate(with(with(given, mixed.get(i)), second), cover));
                }
            }
        }
    }

    /** A term within those types of which its verdicts are all false, two of each at least, where they are several. */
    private Optional<Candidate> ofSeveralTypes(Term term) {
        List<Term> types = terms.values().stream()
                .filter(each -> each.feature().equals(Scope.TYPE))
                .filter(each -> speakFor(each.judged().and(falses), term) >= 2)
                .filter(each -> each.judged().and(term.judged()).and(isTrue).isEmpty())
                .toList();
        if (types.size() < 2) {
            return Optional.empty();
        }
        Term either = either(types);
        Bits cover = either.judged().and(term.judged());
        return cover.and(falses).count() < FEWEST
                ? Optional.empty()
                : Optional.of(candidate(List.of(term, either), cover));
    }

    /** How many of these verdicts are about the term; one whose comment names it counts twice. */
    private static int speakFor(Bits verdicts, Term term) {
        return verdicts.and(term.judged()).count() + verdicts.and(term.named()).count();
    }

    /** One term that stands for several types. */
    private Term either(List<Term> types) {
        double cost = 0;
        for (int i = 0; i < types.size(); i++) {
            cost += Math.log(Math.max(2, manyTypes)) - Math.log(i + 1);
        }
        return new Term(
                Scope.TYPE + "="
                        + String.join(
                                Scope.OR,
                                types.stream()
                                        .map(each -> Terms.value(each.text()))
                                        .sorted()
                                        .toList()),
                Scope.TYPE,
                types.stream().map(Term::judged).reduce(new Bits(judged.size()), Bits::or),
                types.stream().map(Term::named).reduce(new Bits(judged.size()), Bits::or),
                cost,
                types.stream().mapToDouble(Term::share).sum());
    }

    private static List<Term> with(List<Term> terms, Term one) {
        List<Term> more = new ArrayList<>(terms);
        more.add(one);
        return more;
    }

    private Candidate candidate(List<Term> terms, Bits cover) {
        double share = terms.stream().mapToDouble(Term::share).reduce(1, (a, b) -> a * b);
        double naming = terms.stream()
                .mapToDouble(term -> term.cost()
                        - NAMED * Math.min(MOST_NAMED, term.named().and(cover).count()))
                .sum();
        return new Candidate(terms, cover, naming - words.speakFor(cover.and(falses)) + share / TYPICAL_PART);
    }

    // --- choice ---

    /** Takes the scope that explains most of what is left, again and again, at this rate of false ones outside of all scopes. */
    private List<Candidate> choose(List<Candidate> candidates, double rate) {
        List<Candidate> chosen = new ArrayList<>();
        Bits left = falses;
        Optional<Candidate> best = best(candidates, left, rate);
        while (best.isPresent()) {
            chosen.add(best.get());
            left = left.without(best.get().cover());
            best = best(candidates, left, rate);
        }
        return chosen;
    }

    private Optional<Candidate> best(List<Candidate> candidates, Bits left, double rate) {
        Candidate best = null;
        double most = 0;
        for (Candidate each : candidates) {
            Bits explained = each.cover().and(left);
            double gain = explained.count() < FEWEST ? 0 : gain(each, weight(explained), rate);
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

    private static double gain(Candidate candidate, double explained, double rate) {
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

    private double rateLeft(List<Candidate> chosen) {
        Bits left = falses;
        for (Candidate each : chosen) {
            left = left.without(each.cover());
        }
        double falseLeft = weight(left) + 0.5;
        return falseLeft / (falseLeft + isTrue.count() + 0.5);
    }

    // --- how wide ---

    /**
     * Several scopes may explain the same verdicts. Each has a say by how short it is; the widest is taken in which a fact that nobody
     * judged is false by most of them.
     */
    private Candidate asWideAsMostSay(Candidate chosen) {
        List<Term> shared = shared(chosen);
        List<Candidate> explanations = explanations(shared).stream()
                .filter(each -> !isAllOfType(chosen) || saysWhere(each))
                .toList();
        List<Long> masks = explanations.stream().map(each -> mask(each, shared)).toList();
        Map<Long, Integer> alike = alike(shared);
        Map<Long, Double> says = new HashMap<>();
        alike.keySet().forEach(having -> says.put(having, say(having, explanations, masks)));
        Candidate best = chosen;
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
            if (isRight(facts, sum) && width > widest) {
                widest = width;
                best = explanations.get(i);
            }
        }
        return best;
    }

    private boolean isRight(double facts, double sum) {
        return sum >= MAJORITY * facts && facts - sum <= MOST_WRONG * (population.size() + judged.size());
    }

    /** The gate lets no scope through that is all of a type; then one inside it is looked for that says where or why. */
    private static boolean isAllOfType(Candidate candidate) {
        return candidate.terms().size() == 1
                && candidate.terms().getFirst().feature().equals(Scope.TYPE);
    }

    private static boolean saysWhere(Candidate candidate) {
        return candidate.terms().stream()
                .anyMatch(term -> !Terms.isGeneric(term.feature()) && Terms.mayNarrow(term.feature()));
    }

    /** What all false ones of a scope have in common; where they are of several types and nothing else, that they are of these. */
    private List<Term> shared(Candidate chosen) {
        Bits covered = chosen.cover().and(falses);
        List<Term> shared = sharedBy(covered, chosen);
        List<Term> types = terms.values().stream()
                .filter(each -> each.feature().equals(Scope.TYPE))
                .filter(each -> !each.judged().and(covered).isEmpty())
                .toList();
        boolean ofTypes = shared.stream().anyMatch(each -> each.feature().equals(Scope.TYPE));
        return ofTypes ? shared : with(shared, seen(types));
    }

    /** The types that a scope was seen in. That its other types are not in it is the less probable, the more are. */
    private Term seen(List<Term> types) {
        double cost = -types.size() * Math.log(SOME_TYPES) - Math.log(OF_SOME_TYPES);
        return either(types).costing(cost);
    }

    private List<Term> sharedBy(Bits covered, Candidate chosen) {
        return Stream.concat(terms.values().stream(), chosen.terms().stream())
                .distinct()
                .filter(term -> chosen.terms().contains(term) || Terms.mayNarrow(term.feature()))
                .filter(term -> covered.without(term.judged()).isEmpty())
                .sorted(Comparator.comparingDouble(Term::cost).thenComparing(Term::text))
                .limit(MOST_SHARED)
                .toList();
    }

    private static boolean has(long having, long mask) {
        return (having & mask) == mask;
    }

    private static double say(long having, List<Candidate> explanations, List<Long> masks) {
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
    private List<Candidate> explanations(List<Term> shared) {
        List<List<Term>> sets = new ArrayList<>(List.of(List.of()));
        for (Term term : shared) {
            List.copyOf(sets).stream()
                    .filter(set -> room(set, term))
                    .map(set -> with(set, term))
                    .forEach(sets::add);
        }
        return sets.stream()
                .filter(set -> !set.isEmpty())
                .map(set -> candidate(set, set.stream().map(Term::judged).reduce(isTrue.or(falses), Bits::and)))
                .filter(each -> each.cover().and(isTrue).isEmpty())
                .toList();
    }

    private static boolean room(List<Term> set, Term term) {
        boolean generic = Terms.isGeneric(term.feature());
        return set.stream().noneMatch(each -> each.feature().equals(term.feature()))
                && set.stream()
                                .filter(each -> Terms.isGeneric(each.feature()) == generic)
                                .count()
                        < (generic ? 1 : 2);
    }

    /** How many unjudged facts have which of these terms. */
    private Map<Long, Integer> alike(List<Term> shared) {
        Map<Long, Integer> alike = new TreeMap<>();
        for (Fact fact : population) {
            long mask = 0;
            for (int i = 0; i < shared.size(); i++) {
                mask |= Terms.has(fact, shared.get(i).text()) ? 1L << i : 0;
            }
            alike.merge(mask, 1, Integer::sum);
        }
        return alike;
    }

    private static long mask(Candidate candidate, List<Term> shared) {
        return candidate.terms().stream()
                .mapToLong(term -> 1L << shared.indexOf(term))
                .reduce(0, (a, b) -> a | b);
    }

    private Found found(Candidate candidate) {
        Bits supports = candidate.cover().and(falses);
        Map<String, String> conditions = new TreeMap<>();
        candidate.terms().forEach(term -> conditions.put(term.feature(), Terms.value(term.text())));
        return new Found(
                Scope.of(conditions),
                IntStream.range(0, judged.size())
                        .filter(supports::get)
                        .mapToObj(judged::get)
                        .toList());
    }
}
