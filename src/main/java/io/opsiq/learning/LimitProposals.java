package io.opsiq.learning;

import io.opsiq.detectors.Detector;
import io.opsiq.detectors.Pack;
import io.opsiq.evaluation.Fact;
import io.opsiq.evaluation.Gate;
import io.opsiq.evaluation.Judged;
import io.opsiq.learning.MemoryRepository.Proposed;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.DSLContext;

/**
 * Limits that false verdicts speak against. One that enough verdicts speak for is tried by each run on its books, and passes the gate
 * or is refused; even then it waits for a person, for it holds everywhere and not in one scope alone.
 */
final class LimitProposals {

    /** How many false positives of one type speak before a limit is put to the test. */
    static final int ENOUGH = 3;

    private static final String A_PERSON =
            "a person, for it holds everywhere and not in one scope alone. Until then the limit stays.";

    private final MemoryRepository repository;
    private final VerdictRepository verdicts;
    private final Suppressions suppressions;
    private final ProposalRepository proposals = new ProposalRepository();
    private final Supplier<Pack> pack;
    private final Clock clock;

    LimitProposals(
            MemoryRepository repository,
            VerdictRepository verdicts,
            Suppressions suppressions,
            Supplier<Pack> pack,
            Clock clock) {
        this.repository = repository;
        this.verdicts = verdicts;
        this.suppressions = suppressions;
        this.pack = pack;
        this.clock = clock;
    }

    /** These, and behind them the limits that wait; of a limit that a run tried, what came of it. */
    List<Proposal> among(DSLContext context, List<Proposal> stored) {
        Map<String, Proposal> derived = new LinkedHashMap<>();
        derived(context, verdicts.inForceByType(context).keySet())
                .forEach(each -> derived.put(idOf(each), asProposal(each)));
        List<Proposal> standing = stored.stream()
                .filter(each -> !MemoryKey.isLimit(each.key())
                        || Optional.ofNullable(derived.get(each.proposalId()))
                                .map(now -> stands(context, each, now.feedbackIds()))
                                .orElse(isDecided(each)))
                .toList();
        standing.forEach(each -> derived.remove(each.proposalId()));
        return Stream.concat(standing.stream(), derived.values().stream()).toList();
    }

    private boolean stands(DSLContext context, Proposal stored, List<String> now) {
        return isDecided(stored) ? !isSpokenForAnew(context, stored, now) : isSpokenFor(now);
    }

    /** Whether enough further cases speak for it since; what a person declined does not come back by itself. */
    private boolean isSpokenForAnew(DSLContext context, Proposal decided, List<String> now) {
        if (decided.status() == Proposal.Status.DECLINED) {
            return false;
        }
        Set<String> cases = new HashSet<>(verdicts.cases(context, now));
        cases.removeAll(verdicts.cases(context, decided.feedbackIds()));
        return cases.size() >= ENOUGH;
    }

    private static boolean isDecided(Proposal proposal) {
        return proposal.status() != Proposal.Status.WAITING && proposal.status() != Proposal.Status.REFUSED;
    }

    private static boolean isSpokenFor(List<String> feedbackIds) {
        return feedbackIds.size() >= ENOUGH;
    }

    /** What the next run tries. */
    List<LimitTrial> trials(DSLContext context) {
        return open(context)
                .flatMap(each -> MemoryKey.limitOf(each.anomalyType()).stream()
                        .map(key -> new LimitTrial(key.key(), key.detector(), key.parameter(), each.to())))
                .toList();
    }

    /** Limits in force that find less than the pack's: a run detects with the pack's and hides what lies between. */
    List<LimitTrial> looser(DSLContext context) {
        return MemoryKey.limits()
                .flatMap(key -> key.parameter(pack.get()).stream()
                        .map(limit -> new LimitTrial(
                                key.key(), key.detector(), key.parameter(), inForce(context, key, limit)))
                        .filter(now -> key.isLooser(
                                now.limit(),
                                key.parameter(pack.get()).orElseThrow().value())))
                .toList();
    }

    /** What limits hide, by case; a limit below which somebody approved a fact goes back to the pack's. */
    Map<String, LimitTrial> hiding(DSLContext transaction, List<LimitTrial.Tried> below) {
        Map<String, LimitTrial> hiding = new LinkedHashMap<>();
        if (!below.isEmpty()) {
            Set<String> approved = suppressions.judged(transaction).stream()
                    .filter(Judged::isTrue)
                    .map(each -> each.fact().caseId())
                    .collect(Collectors.toSet());
            for (LimitTrial.Tried each : below) {
                if (each.lost().stream().anyMatch(approved::contains)) {
                    giveUp(transaction, each.trial());
                } else {
                    each.lost().forEach(caseId -> hiding.put(caseId, each.trial()));
                }
            }
        }
        return hiding;
    }

    private void giveUp(DSLContext transaction, LimitTrial limit) {
        MemoryKey.Limit key = MemoryKey.limitOf(limit.detector()).orElseThrow();
        repository.put(
                transaction,
                MemoryRepository.Change.ofLimit(
                        limit.key(),
                        key.shown(limit.limit()),
                        key.standard(pack.get()),
                        "A person approved a fact below it.",
                        "rules",
                        "rules",
                        null),
                clock.instant());
        proposals.all(transaction).stream()
                .filter(each -> each.key().equals(limit.key()) && each.status() == Proposal.Status.ACCEPTED)
                .forEach(each -> proposals.put(transaction, each.standing(Proposal.Status.LIFTED, clock.instant())));
    }

    /** Whether a fact of its type was approved after a run tried it. */
    boolean isApprovedSince(DSLContext transaction, Proposal tried) {
        return suppressions.judged(transaction).stream()
                .filter(Judged::isTrue)
                .filter(each -> each.fact().type().equals(tried.scope().get(Scope.TYPE)))
                .anyMatch(each -> each.at().isAfter(tried.updatedAt()));
    }

    /** Those that verdicts enough speak for and that nobody decided on, or only before as many came again. */
    private Stream<LimitProposal> open(DSLContext context) {
        Map<String, Proposal> decided = proposals.all(context).stream()
                .filter(LimitProposals::isDecided)
                .collect(Collectors.toMap(Proposal::proposalId, each -> each));
        return derived(context, verdicts.inForceByType(context).keySet()).stream()
                .filter(each -> isSpokenFor(each.feedbackIds()))
                .filter(each -> Optional.ofNullable(decided.get(idOf(each)))
                        .map(earlier -> isSpokenForAnew(context, earlier, each.feedbackIds()))
                        .orElse(true));
    }

    /** Puts what a run saw to the gate and keeps the outcome. */
    void judge(DSLContext transaction, List<LimitTrial.Tried> tried) {
        List<Judged> judged = suppressions.judged(transaction);
        List<Fact> standing = suppressions.unjudged(transaction);
        // A seeded leak is no row of the books, so no other limit can find or lose it.
        Gate gate = new Gate(judged, List.of());
        for (LimitTrial.Tried each : tried) {
            open(transaction)
                    .filter(limit -> limit.key().equals(each.trial().key())
                            && limit.to().compareTo(each.trial().limit()) == 0)
                    .map(limit -> outcome(
                            limit,
                            gate.hiding(
                                    fact -> each.lost().contains(fact.caseId()),
                                    behind(limit, each.lost(), judged),
                                    standing)))
                    .forEach(proposal -> proposals.put(transaction, proposal));
        }
    }

    /** The verdicts that the limit would do justice to. */
    private static List<Judged> behind(LimitProposal limit, Set<String> lost, List<Judged> judged) {
        return judged.stream()
                .filter(each -> limit.feedbackIds().contains(each.feedbackId())
                        && lost.contains(each.fact().caseId()))
                .toList();
    }

    private Proposal outcome(LimitProposal limit, Gate.Tried tried) {
        Proposal asked = asProposal(limit);
        return new Proposal(
                asked.proposalId(),
                asked.key(),
                asked.scope(),
                asked.from(),
                asked.to(),
                tried.passed() ? Proposal.Status.WAITING : Proposal.Status.REFUSED,
                Stream.concat(Stream.of(asked.reason()), tried.refusals().stream())
                        .collect(Collectors.joining(" ")),
                asked.proposedBy(),
                asked.feedbackIds(),
                tried.replay(),
                tried.passed() ? A_PERSON : null,
                asked.createdAt(),
                asked.updatedAt());
    }

    private static String idOf(LimitProposal limit) {
        return Proposal.idOf("limit: " + limit.key() + " by " + limit.proposedBy());
    }

    private Proposal asProposal(LimitProposal limit) {
        Instant now = clock.instant();
        return new Proposal(
                idOf(limit),
                limit.key(),
                Map.of(Scope.TYPE, limit.anomalyType()),
                limit.from(),
                limit.to(),
                Proposal.Status.WAITING,
                limit.reason(),
                limit.proposedBy(),
                limit.feedbackIds(),
                null,
                limit.waitsFor(),
                now,
                now);
    }

    /** Changes that the false positives of these types speak for. */
    List<LimitProposal> derived(DSLContext context, Set<String> types) {
        return types.stream()
                .flatMap(type ->
                        Stream.concat(limitProposal(context, type).stream(), modelProposal(context, type).stream()))
                .toList();
    }

    /** The last that a language model proposed; it rests on all false positives of the type, as that of the rules does. */
    private Optional<LimitProposal> modelProposal(DSLContext context, String type) {
        return MemoryKey.limitOf(type)
                .flatMap(key -> repository
                        .proposedLast(context, key.key(), type)
                        .map(proposed -> byModel(
                                context,
                                type,
                                key,
                                proposed,
                                verdicts.inForce(context, type, FeedbackType.FALSE_POSITIVE))));
    }

    private LimitProposal byModel(
            DSLContext context, String type, MemoryKey.Limit key, Proposed proposed, List<Feedback> falsePositives) {
        return new LimitProposal(
                key.key(),
                type,
                key.shown(inForce(context, key, key.parameter(pack.get()).orElseThrow())),
                key.shown(proposed.value()),
                falsePositives.stream().map(Feedback::feedbackId).toList(),
                "model",
                proposed.reason(),
                waitsFor(falsePositives.size()));
    }

    private Optional<LimitProposal> limitProposal(DSLContext context, String type) {
        List<Feedback> falsePositives = verdicts.inForce(context, type, FeedbackType.FALSE_POSITIVE);
        Optional<MemoryKey.Limit> key = MemoryKey.limitOf(type);
        if (falsePositives.isEmpty() || key.isEmpty()) {
            return Optional.empty();
        }
        return key.flatMap(found -> found.parameter(pack.get()))
                .filter(Detector.Param::learnable)
                .map(limit -> proposal(context, type, key.get(), limit, falsePositives))
                .filter(each -> each.from().compareTo(each.to()) != 0);
    }

    private LimitProposal proposal(
            DSLContext context, String type, MemoryKey.Limit key, Detector.Param limit, List<Feedback> falsePositives) {
        BigDecimal now = inForce(context, key, limit);
        return new LimitProposal(
                key.key(),
                type,
                key.shown(now),
                key.shown(key.looser(limit, now)),
                falsePositives.stream().map(Feedback::feedbackId).toList(),
                "rules",
                "One step looser finds less of what was called false.",
                waitsFor(falsePositives.size()));
    }

    private BigDecimal inForce(DSLContext context, MemoryKey.Limit key, Detector.Param limit) {
        return repository
                .current(context, key.key())
                .map(entry -> new BigDecimal(entry.value().toString()))
                .orElse(limit.value());
    }

    private static String waitsFor(int verdicts) {
        int more = ENOUGH - verdicts;
        return more > 0
                ? "%d more false positive%s of this type: %d are needed before the limit is put to the test."
                        .formatted(more, more == 1 ? "" : "s", ENOUGH)
                : "the test by the next run, which shows what it would gain and lose. Until then the limit stays.";
    }
}
