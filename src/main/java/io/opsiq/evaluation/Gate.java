package io.opsiq.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What every change has to pass that hides something: it is replayed on all verdicts in force and on seeded leaks. */
public final class Gate {

    /** Fewer false verdicts prove nothing. */
    public static final int FEWEST = 3;

    private static final double MOST_OF_ONE = 0.5;
    /** The part of the verdicts by which others bear one reviewer out. */
    private static final double BORNE_OUT = 1.0 / 3;

    private static final double FALSE_LATER = 0.9;

    private final List<Judged> judged;
    private final List<Fact> canaries;

    /** Tests against these verdicts, which are in force, and these seeded leaks. */
    public Gate(List<Judged> judged, List<Fact> canaries) {
        this.judged = judged.stream()
                .sorted(Comparator.comparing(Judged::at).thenComparing(Judged::feedbackId))
                .toList();
        this.canaries = canaries;
    }

    /**
     * How it went.
     *
     * @param refusals why it may not be; empty when it passed
     */
    public record Tried(Replay replay, List<String> refusals) {

        public boolean passed() {
            return refusals.isEmpty();
        }
    }

    /**
     * Tries a change that hides.
     *
     * @param hides the facts that it is about
     * @param supports the verdicts that it rests on
     * @param open facts that stand open
     */
    public Tried hiding(Predicate<Fact> hides, List<Judged> supports, List<Fact> open) {
        Replay replay = replay(hides, open);
        return new Tried(replay, refusals(hides, supports, replay));
    }

    private Replay replay(Predicate<Fact> hides, List<Fact> open) {
        List<Fact> hidden = open.stream()
                .filter(hides)
                .sorted(Comparator.comparingLong(Fact::money).reversed().thenComparing(Fact::caseId))
                .toList();
        long approved = judged.stream().filter(Judged::isTrue).count();
        long kept = count(each -> each.isTrue() && !hides.test(each.fact()));
        long shown = count(each -> !hides.test(each.fact()));
        return new Replay(
                hidden.stream().limit(Replay.NAMED).map(Replay.Named::of).toList(),
                List.of(),
                hidden.size(),
                0,
                Replay.amount(hidden.stream().mapToLong(Fact::money).sum()),
                Replay.amount(0),
                Interval.of(approved, judged.size()),
                Interval.of(kept, shown),
                Interval.of(approved, approved),
                Interval.of(kept, approved),
                approved - kept,
                canaries.stream().filter(hides).count(),
                canaries.size());
    }

    private long count(Predicate<Judged> which) {
        return judged.stream().filter(which).count();
    }

    private List<String> refusals(Predicate<Fact> hides, List<Judged> supports, Replay replay) {
        List<String> refusals = new ArrayList<>();
        if (replay.approvedHidden() > 0) {
            refusals.add("It would hide %d fact%s that a person approved."
                    .formatted(replay.approvedHidden(), replay.approvedHidden() == 1 ? "" : "s"));
        }
        if (replay.canariesHidden() > 0) {
            refusals.add(
                    "It would hide %d of %d seeded leaks: it says what kind of fact or how much money it is about, and not where or why such facts are no leaks."
                            .formatted(replay.canariesHidden(), replay.canaries()));
        }
        if (supports.size() < FEWEST) {
            refusals.add("%d verdict%s behind it; %d are needed."
                    .formatted(supports.size(), supports.size() == 1 ? " is" : "s are", FEWEST));
        }
        ofKindAndSize(supports).forEach(refusals::add);
        ofOneReviewer(supports).forEach(refusals::add);
        ofLaterVerdicts(hides).forEach(refusals::add);
        return List.copyOf(refusals);
    }

    /** Where nothing of the kind was ever confirmed that is as large as the least of them, the verdicts may be about the size. */
    private Stream<String> ofKindAndSize(List<Judged> supports) {
        if (supports.isEmpty()) {
            return Stream.empty();
        }
        List<Fact> facts = supports.stream().map(Judged::fact).toList();
        long least = facts.stream().mapToLong(Fact::money).min().orElse(0);
        Set<String> kinds = facts.stream().map(Gate::kind).collect(Collectors.toSet());
        return judged.stream()
                        .filter(Judged::isTrue)
                        .map(Judged::fact)
                        .anyMatch(each -> each.money() >= least && kinds.contains(kind(each)))
                ? Stream.empty()
                : Stream.of(
                        "Nobody ever confirmed a fact of this kind that is as large: the verdicts may be about the size, and not about where such facts are no leaks.");
    }

    private static String kind(Fact fact) {
        return fact.traits().stream()
                .filter(trait -> trait.startsWith("record="))
                .findFirst()
                .orElse(fact.type());
    }

    /** Who alone stands for too much of the money and is not borne out by others, where more than one reviewer is known. */
    private Stream<String> ofOneReviewer(List<Judged> supports) {
        if (judged.stream().map(Judged::reviewer).distinct().count() < 2) {
            return Stream.empty();
        }
        long all = supports.stream().mapToLong(each -> each.fact().money()).sum();
        Map<String, Long> byReviewer = supports.stream()
                .collect(Collectors.groupingBy(
                        Judged::reviewer,
                        Collectors.summingLong(each -> each.fact().money())));
        return byReviewer.entrySet().stream()
                .filter(each -> each.getValue() > MOST_OF_ONE * all)
                .filter(each -> byOthers(supports, each.getKey()) < BORNE_OUT * supports.size())
                .map(each -> "%s alone stands for %d %% of the money behind it; another reviewer has to agree."
                        .formatted(each.getKey(), Math.round(100.0 * each.getValue() / all)));
    }

    private static long byOthers(List<Judged> supports, String reviewer) {
        return supports.stream()
                .filter(each -> !each.reviewer().equals(reviewer))
                .count();
    }

    /** What the earlier half of the verdicts teaches has to hold in the later half. */
    private Stream<String> ofLaterVerdicts(Predicate<Fact> hides) {
        List<Judged> later = judged.subList(judged.size() / 2, judged.size()).stream()
                .filter(each -> hides.test(each.fact()))
                .toList();
        long falses = later.stream().filter(each -> !each.isTrue()).count();
        return later.isEmpty() || falses >= FALSE_LATER * later.size()
                ? Stream.empty()
                : Stream.of("Of the %d later verdicts there, only %d say false.".formatted(later.size(), falses));
    }
}
