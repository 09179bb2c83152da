package io.opsiq.reasoning;

import io.opsiq.json.Json;
import io.opsiq.reasoning.Decision.Because;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** One question put to the model: asked, read, repaired once where the form was wrong, checked. */
final class Interview<A> {

    private final Question<A> question;
    private final boolean named;
    private final Line line;
    private final Budget budget;
    private final Deadline deadline;
    private final Redaction redaction;
    private final List<Call> calls = new ArrayList<>();

    Interview(Question<A> question, boolean names, Line line, Budget budget, Deadline deadline, Redaction redaction) {
        this.question = question;
        this.named = names && !question.purpose().plans();
        this.line = line;
        this.budget = budget;
        this.deadline = deadline;
        this.redaction = redaction;
    }

    /** A call as the log keeps it. */
    record Call(Prompt prompt, Reply reply, Duration latency, String outcome) {

        Call withOutcome(String other) {
            return new Call(prompt, reply, latency, other);
        }
    }

    /** What came of it. */
    sealed interface Outcome<A> {

        record Answered<A>(A answer) implements Outcome<A> {}

        record Nothing<A>(Because because, String detail) implements Outcome<A> {}
    }

    /** The calls so far. */
    List<Call> calls() {
        return calls;
    }

    Outcome<A> hold() {
        Prompt prompt = Prompts.of(question, named);
        if (prompt.length() > Prompts.LONGEST) {
            return nothing(Because.TOO_MUCH_TO_ASK, "");
        }
        try {
            return asked(prompt);
        } catch (CallFailure failure) {
            return nothing(failure.because(), "");
        } catch (RuntimeException e) { // whatever an answer broke: the rules decide
            note(Because.INVALID_ANSWER, "it cannot be read");
            return nothing(Because.INVALID_ANSWER, "");
        }
    }

    private Outcome<A> asked(Prompt prompt) {
        String said = call(prompt);
        Optional<String> misshapen = formFlaw(said);
        if (misshapen.isPresent()) {
            note(Because.INVALID_ANSWER, misshapen.get());
            said = call(prompt.repairing(
                    redaction.of(said, said.length()),
                    "That was not in the form asked for: " + misshapen.get()
                            + ". Answer again with the JSON object alone."));
            misshapen = formFlaw(said);
        }
        if (misshapen.isPresent()) {
            note(Because.INVALID_ANSWER, misshapen.get());
            return nothing(Because.INVALID_ANSWER, misshapen.get());
        }
        return checked(said);
    }

    private Outcome<A> checked(String said) {
        try {
            return new Outcome.Answered<>(answer(said));
        } catch (AnswerRefused refused) {
            note(Because.FAILED_CHECK, (refused.flaw() + " " + refused.evidence()).strip());
            return nothing(Because.FAILED_CHECK, refused.flaw());
        }
    }

    private A answer(String said) {
        if (redaction.findsKeyIn(said)) {
            throw new AnswerRefused("it holds what looks like a key");
        }
        Grounding grounding = Grounding.in(question.facts(), named);
        Object spoken = Conformity.spoken(parsed(said), question.schema(), new CheckedTexts(grounding));
        A answer = question.read().apply(Json.read(Json.text(spoken), JsonNode.class));
        question.check().apply(answer).ifPresent(flaw -> {
            throw new AnswerRefused(flaw);
        });
        return answer;
    }

    private Optional<String> formFlaw(String said) {
        try {
            return Conformity.flawIn(parsed(said), question.schema());
        } catch (JacksonException e) {
            return Optional.of("the answer is no JSON");
        }
    }

    private static JsonNode parsed(String said) {
        return Json.read(said.strip().replaceFirst("(?s)^```(?:json)?\\s*(.*?)\\s*```$", "$1"), JsonNode.class);
    }

    private String call(Prompt prompt) {
        long begun = System.nanoTime();
        try {
            Reply reply = line.ask(prompt, deadline, budget);
            calls.add(new Call(prompt, reply, since(begun), "ok"));
            return reply.text();
        } catch (CallFailure failure) {
            calls.add(new Call(
                    prompt, new Reply("", 0, 0), since(begun), failure.because().code()));
            throw failure;
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private void note(Because because, String flaw) {
        if (calls.isEmpty()) {
            return;
        }
        calls.set(calls.size() - 1, calls.getLast().withOutcome(because.code() + ": " + redaction.of(flaw, 200)));
    }

    private static <A> Outcome<A> nothing(Because because, String flaw) {
        return new Outcome.Nothing<>(because, because.sentence() + (flaw.isEmpty() ? "" : " (" + flaw + ")"));
    }

    /** Prose becomes plain text that says nothing untold; stand-ins become values. */
    private final class CheckedTexts implements Conformity.Texts {

        private final Grounding grounding;

        private CheckedTexts(Grounding grounding) {
            this.grounding = grounding;
        }

        @Override
        public String prose(String said) {
            String text = PlainText.prose(said);
            if (text.isEmpty()) {
                throw new AnswerRefused("a text is empty");
            }
            refuse(PlainText.flawIn(text), "a text is more than plain text");
            refuse(grounding.flawIn(text), "a text says what the facts do not");
            return question.facts().withValues(text);
        }

        @Override
        public String literal(String said) {
            boolean known = grounding.knows(said.strip(), question.facts().typed(named));
            if (!known) {
                throw new AnswerRefused("a value does not stand in the facts");
            }
            return question.facts().withValues(said.strip());
        }

        private static void refuse(Optional<String> found, String flaw) {
            found.ifPresent(evidence -> {
                throw new AnswerRefused(flaw, "[" + evidence + "]");
            });
        }
    }
}
