package io.opsiq.cases;

import io.opsiq.detectors.Detection;
import io.opsiq.sentiment.CaseSentiment;
import io.opsiq.sentiment.Sentiment;
import io.opsiq.state.State;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** All cases of a state. */
public final class Cases {

    private final State state;
    private final Clock clock;
    private final CaseRepository repository = new CaseRepository();
    private final CaseTexts texts;

    public Cases(State state, Clock clock, Sentiment sentiment) {
        this.state = state;
        this.clock = clock;
        this.texts = new CaseTexts(sentiment);
    }

    /**
     * Brings the cases in line with what a run found, inside the run's own transaction: new facts are opened, known ones
     * updated, returned ones reopened, and those whose fact is gone resolved.
     *
     * @param judged the types that the run could judge; cases of others are left as they are
     * @param detection has run
     */
    public void record(DSLContext transaction, String runId, List<String> judged, Detection detection) {
        try (IncomingCases incoming = new IncomingCases(transaction)) {
            detection.forEachFinding(finding -> {
                CaseSentiment sentiment = texts.sentimentOf(finding);
                incoming.add(CaseAssessment.of(finding, sentiment));
            });
            detection.forEachGivenWay(incoming::add);
            incoming.complete();
            repository.merge(transaction, runId, judged, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        }
    }

    public Optional<Case> find(String caseId) {
        return state.read(context -> repository.find(context, caseId));
    }

    /** A page in the order of expected money, highest first, then by id. */
    public CasePage list(CaseQuery query) {
        return state.read(context -> repository.list(context, query));
    }

    /** All matching cases in the same order, streamed from one view of the state; limit and cursor do not count. */
    public void forEach(CaseQuery query, Consumer<Case> consumer) {
        state.read(context -> {
            repository.forEach(context, query, consumer);
            return true;
        });
    }

    /** What can be counted and added up of all cases, suppressed ones too, in the same order; streamed. */
    public void forEachFact(Consumer<CaseFact> consumer) {
        state.read(context -> {
            repository.forEachFact(context, consumer);
            return true;
        });
    }

    /** What happened to a case, oldest first. */
    public List<CaseEvent> events(String caseId) {
        return state.read(context -> repository.events(context, caseId));
    }

    /** The money of a run's cases. */
    public ImpactSummary summary(DSLContext context, String runId, @Nullable String baseCurrency) {
        return repository.summary(context, runId, baseCurrency);
    }
}
