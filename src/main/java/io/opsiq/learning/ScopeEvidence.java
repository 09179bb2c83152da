package io.opsiq.learning;

import io.opsiq.evaluation.Fact;
import io.opsiq.evaluation.Judged;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a search for scopes knows: the verdicts, their comments, and what each term costs that can name them. */
final class ScopeEvidence {

    private static final int MOST_JUDGED = 1_000;

    /** Scopes are mostly a small part of all facts: the mean of an exponential prior of that part. */
    private static final double TYPICAL_PART = 0.03;

    /** How many nats a comment that names a term speaks for it; more than three say no more. */
    private static final double NAMED = 2.5;

    private static final int MOST_NAMED = 3;

    /** What so many of all facts of its types have says nothing about where or why: most customers are active. */
    private static final double COMMON = 0.9;

    private final List<Judged> judged;
    private final List<Fact> population;
    private final Map<String, ScopeTerm> terms = new LinkedHashMap<>();
    private final List<Comment> comments;
    private final SharedWords words;
    private final Bits isTrue;
    private final Bits isFalse;
    private final Bits isNotWorth;
    private final Bits falses;
    private double manyTypes;

    ScopeEvidence(List<Judged> judged, List<Fact> population) {
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
        if (falses.count() >= ScopeSearch.FEWEST) {
            gatherTerms();
        }
    }

    private Bits bits(Judged.Said said) {
        Bits bits = none();
        IntStream.range(0, judged.size())
                .filter(i -> judged.get(i).said() == said)
                .forEach(bits::set);
        return bits;
    }

    /** A term costs as much to name as it is rare, and as there are features to choose from. */
    private void gatherTerms() {
        Map<String, Integer> times = new HashMap<>();
        Map<String, Set<String>> typesWith = new HashMap<>();
        Stream.concat(judged.stream().map(Judged::fact), population.stream())
                .forEach(fact -> Terms.of(fact).forEach(term -> {
                    times.merge(term, 1, Integer::sum);
                    typesWith.computeIfAbsent(term, fresh -> new HashSet<>()).add(fact.type());
                }));
        double features = times.keySet().stream().map(Terms::feature).distinct().count();
        double facts = facts();
        manyTypes = times.keySet().stream()
                .filter(term -> Terms.feature(term).equals(Scope.TYPE))
                .count();
        havingEach().forEach((text, bits) -> {
            if (isCommon(text, times, typesWith.getOrDefault(text, Set.of()))) {
                return;
            }
            double choice = Terms.isGeneric(Terms.feature(text)) ? 2 : features;
            double share = times.getOrDefault(text, 1) / (facts + 1);
            terms.put(
                    text,
                    new ScopeTerm(
                            text,
                            Terms.feature(text),
                            bits,
                            named(text, bits),
                            Math.log(choice) - Math.log(share),
                            share));
        });
    }

    /** By term, the verdicts on facts that have it. */
    private Map<String, Bits> havingEach() {
        Map<String, Bits> having = new TreeMap<>();
        for (int i = 0; i < judged.size(); i++) {
            for (String term : Terms.of(judged.get(i).fact())) {
                having.computeIfAbsent(term, fresh -> none()).set(i);
            }
        }
        return having;
    }

    private static boolean isCommon(String term, Map<String, Integer> times, Set<String> types) {
        String feature = Terms.feature(term);
        int ofTypes = types.stream()
                .mapToInt(type -> times.getOrDefault(Scope.TYPE + "=" + type, 0))
                .sum();
        return !Terms.isGeneric(feature) && Terms.mayNarrow(feature) && times.getOrDefault(term, 0) >= COMMON * ofTypes;
    }

    /** The false verdicts whose comment names the term; none when comments on true ones name it as often. */
    private Bits named(String term, Bits having) {
        Bits named = none();
        IntStream.range(0, judged.size())
                .filter(i -> having.get(i) && comments.get(i).names(term))
                .forEach(named::set);
        Bits amongFalse = named.and(falses);
        return amongFalse.count() > named.and(isTrue).count() ? amongFalse : none();
    }

    List<Fact> population() {
        return population;
    }

    /** How many facts there are, judged or not. */
    int facts() {
        return population.size() + judged.size();
    }

    Collection<ScopeTerm> terms() {
        return terms.values();
    }

    List<ScopeTerm> types() {
        return terms.values().stream().filter(ScopeTerm::isType).toList();
    }

    /** No verdict; for collecting some. */
    Bits none() {
        return new Bits(judged.size());
    }

    /** All verdicts that say whether something leaked. */
    Bits all() {
        return isTrue.or(falses);
    }

    Bits trues() {
        return isTrue;
    }

    Bits falses() {
        return falses;
    }

    /** A leak that is not worth the work is half a false alarm. */
    double weight(Bits bits) {
        return bits.and(isFalse).count() + 0.5 * bits.and(isNotWorth).count();
    }

    /** One term that stands for several types. */
    ScopeTerm either(List<ScopeTerm> types) {
        double cost = 0;
        for (int i = 0; i < types.size(); i++) {
            cost += Math.log(Math.max(2, manyTypes)) - Math.log(i + 1);
        }
        return new ScopeTerm(
                Scope.TYPE + "="
                        + String.join(
                                Scope.OR,
                                types.stream()
                                        .map(each -> Terms.value(each.text()))
                                        .sorted()
                                        .toList()),
                Scope.TYPE,
                types.stream().map(ScopeTerm::judged).reduce(none(), Bits::or),
                types.stream().map(ScopeTerm::named).reduce(none(), Bits::or),
                cost,
                types.stream().mapToDouble(ScopeTerm::share).sum());
    }

    /** The scope of these terms. */
    ScopeCandidate candidate(List<ScopeTerm> terms) {
        return candidate(terms, terms.stream().map(ScopeTerm::judged).reduce(all(), Bits::and));
    }

    /** As {@link #candidate(List)}, where it is known what it covers. */
    ScopeCandidate candidate(List<ScopeTerm> terms, Bits cover) {
        double share = terms.stream().mapToDouble(ScopeTerm::share).reduce(1, (a, b) -> a * b);
        double naming = terms.stream()
                .mapToDouble(term -> term.cost()
                        - NAMED * Math.min(MOST_NAMED, term.named().and(cover).count()))
                .sum();
        return new ScopeCandidate(terms, cover, naming - words.speakFor(cover.and(falses)) + share / TYPICAL_PART);
    }

    /** The verdicts that say false inside the scope. */
    List<Judged> supports(ScopeCandidate candidate) {
        Bits supports = candidate.cover().and(falses);
        return IntStream.range(0, judged.size())
                .filter(supports::get)
                .mapToObj(judged::get)
                .toList();
    }
}
