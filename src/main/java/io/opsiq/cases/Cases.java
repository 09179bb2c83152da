package io.opsiq.cases;

import io.opsiq.detectors.Detection;
import io.opsiq.detectors.Finding;
import io.opsiq.sentiment.CaseSentiment;
import io.opsiq.sentiment.Sentiment;
import io.opsiq.state.State;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** All cases of a state. */
public final class Cases {

    private static final int MOST_CHANGES = 1_000;

    private final State state;
    private final Clock clock;
    private final CaseRepository repository = new CaseRepository();
    private final RunCases runs = new RunCases();
    private final QueueRepository queue = new QueueRepository();
    private final HiddenCases hidden = new HiddenCases();
    private final CaseTexts texts;

    public Cases(State state, Clock clock, Sentiment sentiment) {
        this.state = state;
        this.clock = clock;
        this.texts = new CaseTexts(sentiment);
    }

    /**
     * Makes what a run found ready to be recorded, in temporary tables. Reads nothing of the state, so that it may happen before the
     * run's transaction begins.
     *
     * @param context the connection that the transaction will be on
     * @param detection has run
     */
    public IncomingCases prepare(DSLContext context, Detection detection, Scoring scoring) {
        IncomingCases incoming = new IncomingCases(context);
        try (Relay<IncomingCases.Row> rows = new Relay<>(incoming::add);
                Relay<Finding> findings = new Relay<>(finding -> {
                    CaseSentiment sentiment = texts.sentimentOf(finding);
                    rows.accept(incoming.row(CaseAssessment.of(finding, sentiment, scoring.score(finding))));
                })) {
            detection.forEachFinding(findings);
            findings.complete();
            rows.complete();
        }
        detection.forEachGivenWay(incoming::add);
        incoming.complete();
        return incoming;
    }

    /**
     * Brings the cases in line with what a run found, inside the run's own transaction: new facts are opened, known ones
     * updated, returned ones reopened, and those whose fact is gone resolved.
     *
     * @param judged the types that the run could judge; cases of others are left as they are
     * @param incoming what was found
     */
    public void record(DSLContext transaction, String runId, List<String> judged, IncomingCases incoming) {
        CaseMerge.merge(transaction, runId, judged, now());
    }

    /** The id of the case that a finding is or would be. */
    public static String idOf(Finding finding) {
        return CaseAssessment.idOf(finding.fingerprint());
    }

    public Optional<Case> find(String caseId) {
        return state.read(context -> repository.find(context, caseId));
    }

    /** As {@link #find(String)}, inside a transaction. */
    public Optional<Case> find(DSLContext transaction, String caseId) {
        return repository.find(transaction, caseId);
    }

    /**
     * Gives the case the status that a verdict on it means, inside the verdict's own transaction; a resolved case takes it on
     * when its fact returns.
     *
     * @param reason who said what; null when the case is open again
     * @param told for the case's history
     */
    public void judge(DSLContext transaction, String caseId, CaseStatus status, @Nullable String reason, String told) {
        repository.judge(transaction, caseId, status, reason, now());
        tell(transaction, caseId, "judged", told);
    }

    /** Adds to the history of a case. */
    public void tell(DSLContext transaction, String caseId, String kind, String told) {
        repository.addEvent(transaction, caseId, new CaseEvent(kind, told, null, now()));
    }

    /** A page as {@link #list(CaseQuery)} gives it, inside a transaction. */
    public CasePage list(DSLContext transaction, CaseQuery query) {
        return repository.list(transaction, query);
    }

    /** What the later run saw otherwise than the earlier, the most money first, at most {@value #MOST_CHANGES}. */
    public List<CaseChange> changes(String earlierRun, String laterRun) {
        return changes(earlierRun, laterRun, MOST_CHANGES).first();
    }

    /** The first of them, and how many there are. */
    public CaseChanges changes(String earlierRun, String laterRun, int most) {
        return state.read(context -> runs.changes(context, earlierRun, laterRun, most));
    }

    /** How many cases the later run saw otherwise than the earlier. */
    public long countChanges(String earlierRun, String laterRun) {
        return state.read(context -> runs.countChanges(context, earlierRun, laterRun));
    }

    /** The cases that this run was the last to see, counted by band of confidence, the highest first. */
    public List<CaseTally> tally(DSLContext transaction, String runId) {
        return runs.tally(transaction, runId);
    }

    /** A page in the order of expected money, highest first, then by id. */
    public CasePage list(CaseQuery query) {
        return state.read(context -> repository.list(context, query));
    }

    /**
     * A page of the queue.
     *
     * @param offset how many matching cases come before it
     * @param rows at most so many
     */
    public CaseQueue queue(CaseFilter filter, CaseSort sort, long offset, int rows) {
        return state.read(context -> queue.page(context, filter, sort, offset, rows));
    }

    /** A case as a line of the queue. */
    public Optional<CaseLine> line(String caseId) {
        return lines(List.of(caseId)).stream().findFirst();
    }

    /** These cases as lines of the queue; those that are no more are left out. */
    public List<CaseLine> lines(List<String> caseIds) {
        return state.read(context -> queue.lines(context, caseIds));
    }

    /** All matching cases in the same order, streamed from one view of the state; limit and cursor do not count. */
    public void forEach(CaseQuery query, Consumer<Case> consumer) {
        state.read(context -> {
            repository.forEach(context, query, consumer);
            return true;
        });
    }

    /** Writes what {@link #forEach} streams, each as the JSON of a {@link Case}. Answers with how many they were. */
    public long write(CaseQuery query, JsonGenerator json) {
        return state.read(context -> repository.write(context, query, json));
    }

    /** How many cases stand where; a status that none has is left out. */
    public Map<CaseStatus, Long> counts() {
        return state.read(repository::counts);
    }

    /** What can be counted and added up of all cases, suppressed ones too, in the same order; streamed. */
    public void forEachFact(Consumer<CaseFact> consumer) {
        state.read(context -> {
            repository.forEachFact(context, consumer);
            return true;
        });
    }

    /** The cases that are open, approved or suppressed, streamed by id. */
    public void forEachStanding(DSLContext context, Consumer<Standing> consumer) {
        hidden.forEachStanding(context, consumer);
    }

    /** Those of them that are suppressed. */
    public void forEachHidden(DSLContext context, Consumer<Standing> consumer) {
        hidden.forEachHidden(context, consumer);
    }

    /** Hides these open cases; {@code by} says what hides them. */
    public void suppress(DSLContext transaction, String by, String reason, List<String> caseIds) {
        hidden.suppress(transaction, by, reason, caseIds, now());
    }

    /** Opens these suppressed cases again. */
    public void show(DSLContext transaction, List<String> caseIds, String why) {
        hidden.show(transaction, caseIds, why, now());
    }

    /** The suppressed cases that this hides. */
    public List<String> suppressedBy(DSLContext context, String by) {
        return hidden.suppressedBy(context, by);
    }

    /** Picks these suppressed cases for review, instead of those picked before. */
    public void audit(DSLContext transaction, List<String> caseIds) {
        hidden.audit(transaction, caseIds);
    }

    /** What happened to a case, oldest first. */
    public List<CaseEvent> events(String caseId) {
        return state.read(context -> repository.events(context, caseId));
    }

    /** The money of the cases that this run was the last to see. */
    public ImpactSummary summary(DSLContext context, String runId, @Nullable String baseCurrency) {
        return runs.summary(context, runId, baseCurrency);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
