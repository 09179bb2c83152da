package io.opsiq.learning;

import io.opsiq.cases.Cases;
import io.opsiq.detectors.Detector;
import io.opsiq.detectors.Pack;
import io.opsiq.evaluation.Fact;
import io.opsiq.evaluation.FalseAlarms;
import io.opsiq.evaluation.Judged;
import io.opsiq.learning.MemoryRepository.Change;
import io.opsiq.reasoning.Answers.Learnable;
import io.opsiq.state.State;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jooq.DSLContext;

/** What was learned: the values that runs go by, why they are what they are, and what waits for more verdicts. */
public final class Memory {

    private static final int ENOUGH = LimitProposals.ENOUGH;

    /** What is known of unjudged cases is told by so many of them. */
    private static final int POPULATION = 20_000;

    private final State state;
    private final Supplier<Pack> pack;
    private final Clock clock;
    private final MemoryRepository repository = new MemoryRepository();
    private final VerdictRepository verdicts = new VerdictRepository();
    private final ProposalRepository proposals = new ProposalRepository();
    private final Suppressions suppressions;
    private final LimitProposals limits;
    private final MemoryValues values;

    public Memory(State state, Cases cases, Supplier<Pack> pack, Clock clock) {
        this.state = state;
        this.pack = pack;
        this.clock = Clock.tick(clock, Duration.ofMillis(1));
        this.suppressions = new Suppressions(cases, pack, this.clock);
        this.limits = new LimitProposals(repository, verdicts, suppressions, pack, this.clock);
        this.values = new MemoryValues(repository, verdicts, pack, this.clock);
    }

    /** What a run that begins now goes by, from its first step to its last: read at once, so that no change falls in between. */
    public Lessons lessons() {
        return state.read(context -> new Lessons(
                Lessons.penalties(verdicts.inForceByType(context)),
                learned(context),
                limits(context),
                limits.looser(context),
                limits.trials(context)));
    }

    private Learned learned(DSLContext context) {
        List<Judged> judged = suppressions.judged(context);
        return judged.size() < ENOUGH
                ? Learned.NOTHING
                : Learned.of(
                        judged,
                        suppressions.unjudged(context).stream()
                                .limit(POPULATION)
                                .toList());
    }

    /** Limits that are not the pack's. */
    private Map<String, Map<String, BigDecimal>> limits(DSLContext context) {
        Map<String, Map<String, BigDecimal>> limits = new LinkedHashMap<>();
        MemoryKey.limits()
                .forEach(key -> repository
                        .current(context, key.key())
                        .ifPresent(entry -> limits.computeIfAbsent(key.detector(), fresh -> new LinkedHashMap<>())
                                .put(
                                        key.parameter(),
                                        new BigDecimal(entry.value().toString()))));
        return limits;
    }

    /**
     * Hides and shows cases as the verdicts that the run went by teach, inside the run's own transaction and after its findings
     * were recorded.
     *
     * @param below what the limits of {@link Lessons#looser()} would not have found
     * @return what was done, in words
     */
    public String apply(DSLContext transaction, Lessons lessons, List<LimitTrial.Tried> below, String runId) {
        return suppressions
                .apply(transaction, lessons.learned().scopes(), limits.hiding(transaction, below), runId)
                .told();
    }

    /** Where findings were called false. */
    public List<FalseAlarms> falseAlarms() {
        return state.read(context -> FalseAlarms.of(suppressions.judged(context)));
    }

    /** All changes, the newest first. */
    public List<Version> history(int most) {
        return state.read(context -> repository.history(context, most));
    }

    /** Takes back a change that is the last of its value. */
    public ChangeOutcome<Version> undo(String memoryId, String author) {
        return state.transaction(context -> number(memoryId)
                .flatMap(version -> repository.version(context, version))
                .map(version -> undo(context, version, author))
                .orElseGet(() -> new ChangeOutcome.Unknown<>(
                        "There is no change '" + memoryId + "'. Maybe look among GET /memory/history.")));
    }

    private ChangeOutcome<Version> undo(DSLContext transaction, Version version, String author) {
        if (!version.inForce()) {
            return new ChangeOutcome.NotNow<>(
                    "%s was changed again since. Maybe undo the later change first.".formatted(version.key()));
        }
        if (version.key().startsWith(Suppressions.PREFIX)) {
            suppressions.undo(transaction, version, author);
        } else if (MemoryKey.isLimit(version.key())
                && version.from() != null
                && version.source().equals("rules")) {
            return new ChangeOutcome.NotNow<>(
                    "%s was taken back because a person approved a fact below it. Three more false positives propose the limit again."
                            .formatted(version.key()));
        } else if (MemoryKey.isLimit(version.key()) && version.from() != null) {
            undoLimit(transaction, version, version.from(), author);
        } else {
            return new ChangeOutcome.NotNow<>(
                    "%s follows from verdicts. Maybe withdraw the verdict instead: POST /feedback/{id}/withdraw."
                            .formatted(version.key()));
        }
        return new ChangeOutcome.Done<>(repository
                .version(transaction, repository.lastVersion(transaction))
                .orElseThrow());
    }

    private void undoLimit(DSLContext transaction, Version version, Object before, String author) {
        change(
                transaction,
                Change.ofLimit(
                        version.key(),
                        version.value(),
                        before,
                        "Undone by " + author + ".",
                        "person",
                        author,
                        version.proposalId()));
        suppressions.undoLimit(transaction, version.key());
        Optional.ofNullable(version.proposalId())
                .flatMap(id -> proposals.find(transaction, id))
                .ifPresent(proposal -> proposals.put(
                        transaction,
                        proposal.standing(
                                MemoryValues.areSame(proposal.to(), before)
                                        ? Proposal.Status.ACCEPTED
                                        : Proposal.Status.UNDONE,
                                now())));
    }

    private void change(DSLContext transaction, Change change) {
        repository.put(transaction, change, now());
    }

    private static Optional<Long> number(String memoryId) {
        return memoryId.matches("MEM-[0-9]{1,15}")
                ? Optional.of(Long.parseLong(memoryId.substring("MEM-".length())))
                : Optional.empty();
    }

    /** What verdicts speak for, and what became of it: the newest first, then limits. */
    public List<Proposal> proposals() {
        return state.read(this::allProposals);
    }

    private List<Proposal> allProposals(DSLContext context) {
        return limits.among(context, proposals.all(context));
    }

    /** Puts what the run saw of a limit to the gate, inside the run's transaction and after its findings were recorded. */
    public void limitsTried(DSLContext transaction, List<LimitTrial.Tried> tried) {
        if (!tried.isEmpty()) {
            limits.judge(transaction, tried);
        }
    }

    public Optional<Proposal> proposal(String proposalId) {
        return state.read(context -> proposal(context, proposalId));
    }

    private Optional<Proposal> proposal(DSLContext context, String proposalId) {
        return allProposals(context).stream()
                .filter(each -> each.proposalId().equals(proposalId))
                .findFirst();
    }

    /** A person wants it. */
    public ChangeOutcome<Proposal> accept(String proposalId, String author) {
        return state.transaction(context -> proposal(context, proposalId)
                .map(found -> MemoryKey.isLimit(found.key())
                        ? acceptLimit(context, found, author)
                        : suppressions.accept(context, found, author))
                .orElseGet(() -> noSuch(proposalId)));
    }

    private static ChangeOutcome<Proposal> noSuch(String proposalId) {
        return new ChangeOutcome.Unknown<>(
                "There is no proposal '" + proposalId + "'. Maybe look among GET /proposals.");
    }

    private ChangeOutcome<Proposal> acceptLimit(DSLContext transaction, Proposal proposal, String author) {
        if (proposal.status() != Proposal.Status.WAITING) {
            return new ChangeOutcome.NotNow<>("The proposal %s is %s; only one that waits can be accepted."
                    .formatted(proposal.proposalId(), proposal.status().word()));
        }
        if (proposal.replay() == null) {
            return new ChangeOutcome.NotNow<>(
                    "%s was not tried yet and waits for %s".formatted(proposal.proposalId(), proposal.waitsFor()));
        }
        if (limits.isApprovedSince(transaction, proposal)) {
            return new ChangeOutcome.NotNow<>(
                    "A fact of its type was approved since %s was tried, which it may hide. The next run tries it again."
                            .formatted(proposal.proposalId()));
        }
        change(
                transaction,
                Change.ofLimit(
                        proposal.key(),
                        proposal.from(),
                        proposal.to(),
                        "Accepted by %s. %s".formatted(author, proposal.reason()),
                        "person",
                        author,
                        proposal.proposalId()));
        return stand(transaction, proposal, Proposal.Status.ACCEPTED);
    }

    private ChangeOutcome<Proposal> stand(DSLContext transaction, Proposal proposal, Proposal.Status status) {
        proposals.put(transaction, proposal.standing(status, now()));
        return new ChangeOutcome.Done<>(
                proposal(transaction, proposal.proposalId()).orElseThrow());
    }

    /** A person does not want it; it does not come back by itself. */
    public ChangeOutcome<Proposal> decline(String proposalId, String author) {
        return state.transaction(context -> proposal(context, proposalId)
                .map(found -> decline(context, found, author))
                .orElseGet(() -> noSuch(proposalId)));
    }

    private ChangeOutcome<Proposal> decline(DSLContext transaction, Proposal proposal, String author) {
        if (!MemoryKey.isLimit(proposal.key())) {
            return suppressions.decline(transaction, proposal, author);
        }
        return proposal.status() == Proposal.Status.WAITING
                ? stand(transaction, proposal, Proposal.Status.DECLINED)
                : new ChangeOutcome.NotNow<>("The proposal %s is %s already."
                        .formatted(proposal.proposalId(), proposal.status().word()));
    }

    /** Lets go of what a verdict about this fact speaks against, inside the verdict's transaction. */
    void settle(DSLContext transaction, Fact about) {
        suppressions.settle(transaction, about);
    }

    /** How the analyst explains: {@code detailed} or {@code concise}. */
    public String explanationStyle() {
        return state.read(values::explanationStyle);
    }

    /** Every value, those that never moved too. */
    public List<MemoryEntry> entries() {
        return state.read(values::all);
    }

    List<MemoryEntry> movedBy(DSLContext transaction, String feedbackId) {
        return repository.movedBy(transaction, feedbackId);
    }

    /** Brings the values in line with the verdicts in force, inside the verdict's transaction; answers with what moved. */
    List<MemoryEntry> learn(DSLContext transaction, String feedbackId, String because) {
        return values.learn(transaction, feedbackId, because);
    }

    /** Changes of limits that the false positives of these types speak for. */
    List<LimitProposal> proposals(DSLContext context, Set<String> types) {
        return limits.derived(context, types);
    }

    /** The limit that a verdict on this type may speak against, as a language model is asked about it. */
    Optional<Learnable> learnable(String type) {
        return MemoryKey.limitOf(type)
                .flatMap(key -> key.parameter(pack.get())
                        .filter(Detector.Param::learnable)
                        .map(limit -> new Learnable(key.key(), limit.value(), limit.min(), limit.max(), limit.step())));
    }

    /** Keeps what a language model proposed after this feedback; nothing changes by it. */
    void propose(String feedbackId, String key, BigDecimal proposed, String reason) {
        state.change(context -> repository.propose(context, feedbackId, key, proposed, reason, now()));
    }

    /** All that changed, and what it means. */
    public MemoryImprovement improvement() {
        return state.read(context -> {
            List<MemoryEntry> entries = values.all(context);
            Lessons lessons = Lessons.of(verdicts.inForceByType(context));
            List<LimitProposal> proposals =
                    proposals(context, verdicts.inForceByType(context).keySet());
            List<String> falsePositives = verdicts.falsePositiveCases(context);
            return new MemoryImprovement(
                    entries,
                    values.changes(entries),
                    MemoryValues.notes(lessons, waiting(context), falsePositives.size()),
                    falsePositives,
                    proposals,
                    null);
        });
    }

    /** Limits that may still move; those that the gate refused or a person decided on wait for nothing. */
    private List<Proposal> waiting(DSLContext context) {
        return allProposals(context).stream()
                .filter(each -> MemoryKey.isLimit(each.key()) && each.status() == Proposal.Status.WAITING)
                .toList();
    }

    private Instant now() {
        return clock.instant();
    }
}
