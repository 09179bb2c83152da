package io.opsiq.problems;

import io.opsiq.detectors.CommonCause;
import io.opsiq.learning.FeedbackGiven;
import io.opsiq.learning.FeedbackOutcome;
import io.opsiq.learning.FeedbackOutcome.UnknownTarget;
import io.opsiq.learning.Verdicts;
import io.opsiq.state.State;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** All systemic problems of a state. */
public final class SystemicProblems {

    /** So many are read at once and held in memory; each may name thousands of cases. */
    private static final int AT_ONCE = 100;

    private final State state;
    private final Clock clock;
    private final ProblemRepository repository = new ProblemRepository();

    public SystemicProblems(State state, Clock clock) {
        this.state = state;
        this.clock = clock;
    }

    /**
     * Stores what the run found its cases to have in common, inside the run's own transaction.
     *
     * @param nameOf the name of a type, as people say it
     */
    public void record(
            DSLContext transaction,
            String runId,
            List<CommonCause> causes,
            UnaryOperator<String> nameOf,
            @Nullable String baseCurrency) {
        Instant now = now();
        causes.forEach(cause ->
                repository.merge(transaction, runId, cause, nameOf.apply(cause.anomalyType()), baseCurrency, now));
    }

    /** Streams those that have cases, the most expected money first. */
    public void forEach(Consumer<SystemicProblem> consumer) {
        state.read(context -> {
            List<String> ids = repository.ids(context, 0, -1);
            for (int from = 0; from < ids.size(); from += AT_ONCE) {
                repository
                        .find(context, ids.subList(from, Math.min(from + AT_ONCE, ids.size())))
                        .forEach(consumer);
            }
            return true;
        });
    }

    /** A page of what {@link #forEach} streams. */
    public List<SystemicProblem> page(int offset, int rows) {
        return state.read(context -> repository.find(context, repository.ids(context, offset, rows)));
    }

    /** How many have cases. */
    public long count() {
        return state.read(repository::count);
    }

    /** Empty when there is none, or when none of its cases is left. */
    public Optional<SystemicProblem> find(String problemId) {
        return state.read(
                context -> repository.find(context, List.of(problemId)).stream().findFirst());
    }

    /**
     * One verdict for all its cases, in one transaction: those that are open, and those that an earlier verdict on the problem
     * answered. A case that somebody judged by itself keeps that verdict.
     *
     * @param verdicts takes them
     */
    public FeedbackOutcome answer(String problemId, FeedbackGiven given, Verdicts verdicts) {
        return find(problemId).isEmpty()
                ? new UnknownTarget("There is no problem '" + problemId + "'. Maybe look it up among all problems.")
                : verdicts.giveOnEach(context -> repository.answerable(context, problemId), given, problemId);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
