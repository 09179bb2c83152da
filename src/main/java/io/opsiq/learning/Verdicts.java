package io.opsiq.learning;

import io.opsiq.actions.Actions;
import io.opsiq.cases.Case;
import io.opsiq.cases.CaseStatus;
import io.opsiq.cases.Cases;
import io.opsiq.evaluation.Answered;
import io.opsiq.evaluation.Evaluation;
import io.opsiq.evaluation.Evaluations;
import io.opsiq.evaluation.Fact;
import io.opsiq.learning.FeedbackCheck.Fit;
import io.opsiq.learning.FeedbackOutcome.Accepted;
import io.opsiq.learning.FeedbackOutcome.DoesNotFit;
import io.opsiq.learning.FeedbackOutcome.UnknownTarget;
import io.opsiq.learning.FeedbackType.TargetType;
import io.opsiq.learning.VerdictRepository.About;
import io.opsiq.learning.VerdictRepository.Remembered;
import io.opsiq.state.State;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What people said about cases and answers. Feedback and all that follows from it (the status of the case, its actions,
 * memory, the evaluation of its run) is stored in one transaction.
 */
public final class Verdicts {

    private static final int TOGETHER = 1_000;

    private final State state;
    private final Cases cases;
    private final Actions actions;
    private final Memory memory;
    private final Evaluations evaluations;
    private final Predicate<String> isAnswer;
    private final Teacher teacher;
    private final Clock clock;
    private final VerdictRepository repository = new VerdictRepository();

    /**
     * @param isAnswer whether there is an answer of the analyst with this id
     * @param teacher is told of each false positive once it is stored
     */
    public Verdicts(
            State state,
            Cases cases,
            Actions actions,
            Memory memory,
            Evaluations evaluations,
            Predicate<String> isAnswer,
            Teacher teacher,
            Clock clock) {
        this.state = state;
        this.cases = cases;
        this.actions = actions;
        this.memory = memory;
        this.evaluations = evaluations;
        this.isAnswer = isAnswer;
        this.teacher = teacher;
        this.clock = clock;
    }

    /** Takes one piece of feedback. */
    public FeedbackOutcome give(FeedbackGiven given) {
        Optional<DoesNotFit> complaint = FeedbackCheck.complaint(given);
        if (complaint.isPresent()) {
            return complaint.get();
        }
        Fit fit = new Fit(given, FeedbackCheck.typeOf(given));
        if (fit.type().target() == TargetType.ANALYST && !isAnswer.test(fit.targetId())) {
            return new UnknownTarget("There is no answer '" + fit.targetId() + "'.");
        }
        FeedbackOutcome outcome = state.transaction(context -> given(context, fit));
        if (outcome instanceof Accepted accepted) {
            teacher.consider(accepted.feedback());
        }
        return outcome;
    }

    private FeedbackOutcome given(DSLContext context, Fit fit) {
        Optional<Feedback> before =
                Optional.ofNullable(fit.idempotencyKey()).flatMap(key -> repository.byKey(context, key));
        if (before.isPresent()) {
            return isSame(before.get(), fit)
                    ? again(context, before.get())
                    : new DoesNotFit("Idempotency-Key", "The key was used for other feedback. Maybe make a new one.");
        }
        return fit.type().target() == TargetType.CASE ? onCase(context, fit) : onAnswer(context, fit);
    }

    /**
     * Takes many verdicts on cases, {@value #TOGETHER} in a transaction, so that others are heard in between; what follows from them is
     * worked out once for each. One that cannot be taken does not stop the others.
     *
     * @return an outcome for each, in their order; of an accepted one only the feedback itself
     */
    public List<FeedbackOutcome> giveAll(List<FeedbackGiven> many) {
        List<FeedbackOutcome> outcomes = new ArrayList<>();
        for (int from = 0; from < many.size(); from += TOGETHER) {
            List<FeedbackGiven> some = many.subList(from, Math.min(many.size(), from + TOGETHER));
            outcomes.addAll(state.transaction(context -> giveTogether(context, some)));
        }
        return outcomes;
    }

    /**
     * Takes one verdict for each of several cases with one cause, in one transaction; what follows from them is worked out once.
     *
     * @param caseIds is asked for the cases in that transaction
     * @param given its target is the problem, and its idempotency key is taken once
     * @return an accepted one stands for all of them
     */
    public FeedbackOutcome giveOnEach(
            Function<DSLContext, List<String>> caseIds, FeedbackGiven given, String problemId) {
        Optional<DoesNotFit> complaint = FeedbackCheck.complaint(given);
        return complaint.isPresent()
                ? complaint.get()
                : state.transaction(
                        context -> onEach(context, caseIds, new Fit(given, FeedbackCheck.typeOf(given)), problemId));
    }

    private FeedbackOutcome onEach(
            DSLContext context, Function<DSLContext, List<String>> caseIds, Fit fit, String problemId) {
        Optional<Feedback> before =
                Optional.ofNullable(fit.idempotencyKey()).flatMap(key -> repository.byKey(context, key));
        if (before.isPresent()) {
            return again(context, before.get());
        }
        List<Feedback> taken = caseIds.apply(context).stream()
                .flatMap(id -> cases.find(context, id).stream())
                .map(about -> stored(context, fit.on(about.caseId()), about))
                .toList();
        if (taken.isEmpty()) {
            return new DoesNotFit(
                    "problem_id", "Each case of " + problemId + " was judged by itself. Maybe judge the cases.");
        }
        repository.givenOn(context, problemId, taken, fit.idempotencyKey());
        Feedback last = taken.getLast();
        String because = "Verdict on %d cases of %s: %s."
                .formatted(taken.size(), problemId, last.feedbackType().shown());
        return accepted(context, last, memory.learn(context, last.feedbackId(), because), again(context));
    }

    private List<FeedbackOutcome> giveTogether(DSLContext context, List<FeedbackGiven> some) {
        List<FeedbackOutcome> outcomes =
                some.stream().map(given -> stored(context, given)).toList();
        List<Feedback> taken = outcomes.stream()
                .filter(Accepted.class::isInstance)
                .map(outcome -> ((Accepted) outcome).feedback())
                .toList();
        if (!taken.isEmpty()) {
            memory.learn(context, taken.getLast().feedbackId(), taken.size() + " verdicts were taken together.");
            evaluations.again(context);
        }
        return outcomes;
    }

    private FeedbackOutcome stored(DSLContext context, FeedbackGiven given) {
        Optional<DoesNotFit> complaint = FeedbackCheck.complaint(given);
        if (complaint.isPresent()) {
            return complaint.get();
        }
        Fit fit = new Fit(given, FeedbackCheck.typeOf(given));
        return cases.find(context, fit.targetId())
                .<FeedbackOutcome>map(about -> new Accepted(stored(context, fit, about), List.of(), List.of(), null))
                .orElseGet(() -> noSuchCase(fit.targetId()));
    }

    private Feedback stored(DSLContext context, Fit fit, Case about) {
        Fact fact = fact(about);
        Feedback feedback = repository.add(
                context,
                fit,
                new About(
                        about.anomalyType(),
                        about.runId(),
                        about.confidenceScore().toPlainString(),
                        new Remembered(
                                fact.title(), fact.traits(), fact.money(), about.status() == CaseStatus.SUPPRESSED)),
                now());
        stand(context, about, feedback);
        memory.settle(context, fact);
        return feedback;
    }

    /** What learning looks at. */
    private static Fact fact(Case about) {
        BigDecimal money = about.baseImpact() == null ? about.grossImpact() : about.baseImpact();
        return new Fact(
                about.caseId(),
                about.title(),
                about.anomalyType(),
                0,
                Traits.of(about.features()),
                money.movePointRight(4).longValue());
    }

    private static UnknownTarget noSuchCase(String caseId) {
        return new UnknownTarget("There is no case '" + caseId + "'. Maybe look it up among all cases.");
    }

    private static boolean isSame(Feedback before, Fit fit) {
        return before.targetId().equals(fit.targetId()) && before.feedbackType() == fit.type();
    }

    /** The answer to feedback that was taken before. */
    private Accepted again(DSLContext context, Feedback feedback) {
        return accepted(context, feedback, memory.movedBy(context, feedback.feedbackId()), latest(context, feedback));
    }

    private @Nullable Evaluation latest(DSLContext context, Feedback feedback) {
        return Optional.ofNullable(feedback.runId())
                .flatMap(runId -> evaluations.latestOf(context, runId))
                .orElse(null);
    }

    private FeedbackOutcome onCase(DSLContext context, Fit fit) {
        Optional<Case> about = cases.find(context, fit.targetId());
        if (about.isEmpty()) {
            return noSuchCase(fit.targetId());
        }
        Feedback feedback = stored(context, fit, about.get());
        return accepted(
                context,
                feedback,
                memory.learn(context, feedback.feedbackId(), because(feedback, "Verdict")),
                again(context));
    }

    private @Nullable Evaluation again(DSLContext context) {
        return evaluations.again(context).orElse(null);
    }

    private FeedbackOutcome onAnswer(DSLContext context, Fit fit) {
        Feedback feedback = repository.add(context, fit, null, now());
        return accepted(
                context, feedback, memory.learn(context, feedback.feedbackId(), because(feedback, "Feedback")), null);
    }

    /** The case takes the status that the verdict means, and its actions follow. */
    private void stand(DSLContext context, Case about, Feedback feedback) {
        String said = "%s said: %s."
                .formatted(feedback.reviewer(), feedback.feedbackType().shown());
        String told = feedback.comment().isEmpty() ? said : said + " " + feedback.comment();
        cases.judge(context, about.caseId(), feedback.feedbackType().status(), said, told);
        if (feedback.feedbackType().endsTheCase()) {
            actions.decline(context, about.caseId(), said);
        } else if (about.status() != CaseStatus.RESOLVED) {
            actions.reopen(context, about.caseId(), said);
        }
    }

    private Accepted accepted(
            DSLContext context, Feedback feedback, List<MemoryEntry> moved, @Nullable Evaluation evaluation) {
        String type = feedback.anomalyType();
        return new Accepted(
                feedback, moved, type == null ? List.of() : memory.proposals(context, Set.of(type)), evaluation);
    }

    private static String because(Feedback feedback, String what) {
        return "%s %s: %s is %s."
                .formatted(
                        what,
                        feedback.feedbackId(),
                        feedback.targetId(),
                        feedback.feedbackType().shown());
    }

    /** Takes feedback back, as if it had not been given; it stays in the record as withdrawn. Empty when there is none such in force. */
    public Optional<Accepted> withdraw(String feedbackId) {
        return state.transaction(context -> repository
                .find(context, feedbackId)
                .filter(Feedback::inForce)
                .map(feedback -> withdraw(context, feedback)));
    }

    private Accepted withdraw(DSLContext context, Feedback feedback) {
        repository.withdraw(context, feedback, now());
        if (feedback.targetType() == TargetType.CASE) {
            standAsBefore(context, feedback);
            cases.find(context, feedback.targetId()).ifPresent(about -> memory.settle(context, fact(about)));
        }
        List<MemoryEntry> moved =
                memory.learn(context, feedback.feedbackId(), "Withdrawn: " + because(feedback, "verdict"));
        return accepted(
                context,
                repository.find(context, feedback.feedbackId()).orElseThrow(),
                moved,
                feedback.runId() == null ? null : again(context));
    }

    private void standAsBefore(DSLContext context, Feedback withdrawn) {
        String told = "The verdict of %s was withdrawn.".formatted(withdrawn.reviewer());
        Optional<Feedback> before = repository.inForce(context, TargetType.CASE, withdrawn.targetId());
        cases.judge(
                context,
                withdrawn.targetId(),
                before.map(Feedback::feedbackType).map(FeedbackType::status).orElse(CaseStatus.OPEN),
                before.map(verdict -> "%s said: %s."
                                .formatted(
                                        verdict.reviewer(),
                                        verdict.feedbackType().shown()))
                        .orElse(null),
                told);
        if (before.filter(verdict -> verdict.feedbackType().endsTheCase()).isEmpty()) {
            actions.reopen(context, withdrawn.targetId(), told);
        }
    }

    /** The newest first, at most this many, those replaced or withdrawn too. */
    public List<Feedback> newest(int most) {
        return state.read(context -> repository.newest(context, most));
    }

    /** All that was said about a case, oldest first. */
    public List<Feedback> onCase(String caseId) {
        return state.read(context -> repository.about(context, TargetType.CASE, caseId));
    }

    /** All that was said about an answer of the analyst, oldest first. */
    public List<Feedback> onAnswer(String answerId) {
        return state.read(context -> repository.about(context, TargetType.ANALYST, answerId));
    }

    /** The verdicts in force on leaks, beside what was shown when they were given; in their order. */
    public List<Answered> answered() {
        return state.read(repository::answered);
    }

    /** Where the last words of two reviewers on a case differ, the newest first. */
    public List<Contradiction> contradictions() {
        return state.read(repository::contradictions);
    }

    /** How often each type was given. */
    public Map<String, Long> counts() {
        return state.read(repository::counts);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
