package io.opsiq.evaluation;

import io.opsiq.cases.Cases;
import io.opsiq.state.State;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jooq.DSLContext;

/** The evaluations of all runs; each verdict adds one of the run whose case it judged. */
public final class Evaluations {

    private final State state;
    private final Cases cases;
    private final Clock clock;
    private final EvaluationRepository repository = new EvaluationRepository();

    public Evaluations(State state, Cases cases, Clock clock) {
        this.state = state;
        this.cases = cases;
        this.clock = clock;
    }

    /** Scores the run by its cases as the transaction sees them, and keeps the result. */
    public Evaluation evaluate(DSLContext transaction, String runId) {
        Scorecard card = new Scorecard(cases.tally(transaction, runId));
        Evaluation evaluation = new Evaluation(
                runId,
                card.actionability(),
                card.correctness(),
                card.specificity(),
                card.calibrationNote(),
                card.cases(),
                card.falsePositives(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        repository.add(transaction, evaluation);
        return evaluation;
    }

    /** Scores the newest run again, as a verdict asks for; empty while there is none. */
    public Optional<Evaluation> again(DSLContext transaction) {
        return repository.newestRun(transaction).map(runId -> evaluate(transaction, runId));
    }

    /** The last one of all. */
    public Optional<Evaluation> latest() {
        return state.read(repository::latest);
    }

    /** As {@link #latestOf(String)}, inside a transaction. */
    public Optional<Evaluation> latestOf(DSLContext transaction, String runId) {
        return repository.latestOf(transaction, runId);
    }

    /** The last one of this run. */
    public Optional<Evaluation> latestOf(String runId) {
        return state.read(context -> repository.latestOf(context, runId));
    }

    /**
     * How good runs were, the newest first: the last evaluation of each, and what its scores were worth.
     *
     * @param answers all verdicts in force, in their order
     */
    public List<RunQuality> history(List<Answered> answers, int most) {
        Map<String, List<Answered>> byRun = answers.stream()
                .filter(each -> each.runId() != null)
                .collect(Collectors.groupingBy(each -> Objects.requireNonNull(each.runId())));
        return state.read(context -> repository.lastOfEach(context, most)).stream()
                .map(evaluation ->
                        new RunQuality(evaluation, Calibration.of(byRun.getOrDefault(evaluation.runId(), List.of()))))
                .toList();
    }

    /** The newest ones, the newest first. */
    public List<Evaluation> newest(int most) {
        return state.read(context -> repository.newest(context, most));
    }
}
