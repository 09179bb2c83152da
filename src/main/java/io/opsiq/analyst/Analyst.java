package io.opsiq.analyst;

import io.opsiq.analyst.AnswerRepository.Stored;
import io.opsiq.analyst.Reply.Answered;
import io.opsiq.analyst.Reply.Reason;
import io.opsiq.analyst.Reply.Refused;
import io.opsiq.books.Snapshot;
import io.opsiq.books.Snapshots;
import io.opsiq.cases.Cases;
import io.opsiq.engine.Sandbox;
import io.opsiq.state.State;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions in plain English from the books, or says that it cannot. A question becomes a plan, the plan one SELECT,
 * its result the answer; a plan is checked against the model and the books whoever wrote it. Each question has a DuckDB of its
 * own that can read the snapshot of the books and nothing else.
 */
public final class Analyst {

    private static final String ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    private static final int ID_LENGTH = 12;

    /** So many questions at once have memory of their own; others wait. */
    private static final Semaphore AT_ONCE = new Semaphore(2, true);

    private final State state;
    private final Snapshots snapshots;
    private final Cases cases;
    private final Clock clock;
    private final Supplier<Optional<Subject>> subject;
    private final AnswerRepository answers = new AnswerRepository();
    private final SecureRandom random = new SecureRandom();

    /** @param subject the books that questions are about, as they are when one is asked; nothing when there are none */
    public Analyst(State state, Snapshots snapshots, Cases cases, Clock clock, Supplier<Optional<Subject>> subject) {
        this.state = state;
        this.snapshots = snapshots;
        this.cases = cases;
        this.clock = clock;
        this.subject = subject;
    }

    /**
     * Answers and stores the answer. What the books cannot answer is declined in an answer of low confidence without rows;
     * only a request that is none is refused.
     */
    public Reply ask(Question question) {
        Optional<Refused> refused = refusal(question);
        if (refused.isPresent()) {
            return refused.get();
        }
        Optional<Stored> before = context(question);
        if (question.context() != null && before.isEmpty()) {
            return new Refused(
                    Reason.UNKNOWN_CONTEXT,
                    "There is no answer " + question.context() + " to go on from. Maybe ask without a context.");
        }
        return subject.get()
                .<Reply>map(books ->
                        new Answered(answer(question, before.map(Stored::plan).orElse(null), books)))
                .orElseGet(
                        () -> new Refused(
                                Reason.NO_BOOKS,
                                "There are no books to ask: no investigation has completed on this state. Maybe begin with: opsiq run --data DIR"));
    }

    private static Optional<Refused> refusal(Question question) {
        if (Words.of(question.text()).isEmpty()) {
            return Optional.of(
                    new Refused(Reason.EMPTY_QUESTION, "The question is empty. Maybe ask: What is total revenue?"));
        }
        return question.text().length() <= Question.LONGEST
                ? Optional.empty()
                : Optional.of(new Refused(
                        Reason.QUESTION_TOO_LONG,
                        "The question has " + question.text().length() + " characters, more than " + Question.LONGEST
                                + ". Maybe ask one thing at a time."));
    }

    private Optional<Stored> context(Question question) {
        String context = question.context();
        return context == null ? Optional.empty() : state.read(transaction -> answers.find(transaction, context));
    }

    /** An answer that was given. */
    public Optional<Answer> find(String answerId) {
        return state.read(context -> answers.find(context, answerId)).map(Stored::answer);
    }

    private Answer answer(Question question, @Nullable QueryPlan base, Subject books) {
        AT_ONCE.acquireUninterruptibly();
        try (Snapshot snapshot = snapshots.of(books.source(), books.asOf())) {
            Draft draft = draft(question, base, books, snapshot, false);
            if (draft.needsCases()) {
                draft = draft(question, base, books, snapshot, true);
            }
            Answer answer = draft.answer(newId(), now());
            QueryPlan plan = draft.plan();
            state.change(context -> answers.add(context, new Stored(answer, question.context(), plan), now()));
            return answer;
        } finally {
            AT_ONCE.release();
        }
    }

    private Draft draft(
            Question question, @Nullable QueryPlan base, Subject books, Snapshot snapshot, boolean withCases) {
        Set<String> further = withCases ? Set.of(CaseTable.NAME) : Set.of();
        try (Sandbox sandbox = snapshot.open(further, loading -> {
            if (withCases) {
                CaseTable.load(cases, loading);
            }
        })) {
            Ground ground =
                    new Ground(SemanticModel.shipped(), snapshot.facts(), sandbox, books.investigated(), withCases);
            return new Inquiry(ground, sandbox, cases, withCases).of(question, base);
        }
    }

    private String newId() {
        StringBuilder id = new StringBuilder("ANS-");
        random.ints(ID_LENGTH, 0, ALPHABET.length()).forEach(i -> id.append(ALPHABET.charAt(i)));
        return id.toString();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
