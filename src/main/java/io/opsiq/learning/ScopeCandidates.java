package io.opsiq.learning;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gathers the smallest scopes of one or two traits, alone or within a type, that false verdicts speak for and no true one against. */
final class ScopeCandidates {

    /** In nats, how much likelier the verdicts on a type have to be with a cause than by chance: 10 to 1. */
    private static final double HARDLY_CHANCE = Math.log(10);

    private final ScopeEvidence evidence;
    private final List<ScopeCandidate> found = new ArrayList<>();

    private ScopeCandidates(ScopeEvidence evidence) {
        this.evidence = evidence;
    }

    /** All smallest scopes that have enough false verdicts and not one that confirms. */
    static List<ScopeCandidate> of(ScopeEvidence evidence) {
        ScopeCandidates candidates = new ScopeCandidates(evidence);
        candidates.gather();
        return candidates.found;
    }

    private void gather() {
        List<ScopeTerm> supported = evidence.terms().stream()
                .filter(term -> term.judged().and(evidence.falses()).count() >= ScopeSearch.FEWEST)
                .toList();
        List<ScopeTerm> plain = supported.stream()
                .filter(term -> !Terms.isGeneric(term.feature()))
                .toList();
        Set<ScopeTerm> pure = new HashSet<>();
        gather(List.of(), evidence.all(), plain, pure);
        plain.stream()
                .filter(term -> !pure.contains(term) && Terms.mayNarrow(term.feature()))
                .forEach(term -> ofSeveralTypes(term).ifPresent(found::add));
        for (ScopeTerm term : supported) {
            if (Terms.isGeneric(term.feature())) {
                if (term.judged().and(evidence.trues()).isEmpty()) {
                    found.add(evidence.candidate(List.of(term), term.judged()));
                } else {
                    gather(List.of(term), term.judged(), plain, new HashSet<>(pure));
                }
            }
        }
    }

    private void gather(List<ScopeTerm> given, Bits within, List<ScopeTerm> plain, Set<ScopeTerm> pure) {
        List<ScopeTerm> mixed = new ArrayList<>();
        for (ScopeTerm term : plain) {
            Bits cover = term.judged().and(within);
            if (pure.contains(term) || cover.and(evidence.falses()).count() < ScopeSearch.FEWEST) {
                continue;
            }
            if (cover.and(evidence.trues()).isEmpty()) {
                pure.add(term);
                found.add(evidence.candidate(with(given, term), cover));
            } else {
                mixed.add(term);
            }
        }
        for (int i = 0; i < mixed.size(); i++) {
            Bits one = mixed.get(i).judged().and(within);
            for (ScopeTerm second : mixed.subList(i + 1, mixed.size())) {
                Bits cover = one.and(second.judged());
                if (!second.feature().equals(mixed.get(i).feature())
                        && cover.and(evidence.falses()).count() >= ScopeSearch.FEWEST
                        && cover.and(evidence.trues()).isEmpty()) {
                    found.add(evidence.candidate(with(with(given, mixed.get(i)), second), cover));
                }
            }
        }
    }

    /** A term within those types of which its verdicts are all false, and tell of it, where they are several. */
    private Optional<ScopeCandidate> ofSeveralTypes(ScopeTerm term) {
        List<ScopeTerm> types = evidence.types().stream()
                .filter(each -> tells(each, term))
                .filter(each ->
                        each.judged().and(term.judged()).and(evidence.trues()).isEmpty())
                .toList();
        if (types.size() < 2) {
            return Optional.empty();
        }
        ScopeTerm either = evidence.either(types);
        Bits cover = either.judged().and(term.judged());
        return cover.and(evidence.falses()).count() < ScopeSearch.FEWEST
                ? Optional.empty()
                : Optional.of(evidence.candidate(List.of(term, either), cover));
    }

    /**
     * Whether the false verdicts of a type on this term are at least two and hardly chance, by how many of the type are false
     * elsewhere: of a type of which most are false anyway, two more prove nothing.
     */
    private boolean tells(ScopeTerm type, ScopeTerm term) {
        int inside = speakFor(type.judged().and(evidence.falses()), term);
        Bits elsewhere = type.judged().without(term.judged());
        double rate = (elsewhere.and(evidence.falses()).count() + 1.0)
                / (elsewhere.and(evidence.all()).count() + 2.0);
        return inside >= 2 && inside * Math.log(1 / rate) >= HARDLY_CHANCE;
    }

    /** How many of these verdicts are about the term; one whose comment names it counts twice. */
    private static int speakFor(Bits verdicts, ScopeTerm term) {
        return verdicts.and(term.judged()).count() + verdicts.and(term.named()).count();
    }

    /** These terms and one more. */
    static List<ScopeTerm> with(List<ScopeTerm> terms, ScopeTerm one) {
        List<ScopeTerm> more = new ArrayList<>(terms);
        more.add(one);
        return more;
    }
}
