package io.opsiq.reasoning;

import io.opsiq.json.Json;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Something to decide.
 *
 * @param schema the form of the answer
 * @param read makes the answer of JSON that has that form, in which stand-ins are values again
 * @param check what is wrong with an answer that has the form; it must not repeat the answer's words
 */
public record Question<A>(
        Purpose purpose,
        Facts facts,
        Schema.Fields schema,
        Function<JsonNode, A> read,
        Function<A, Optional<String>> check) {

    /** A question whose answer is a record with the schema's fields, any of which are fine. */
    public static <A> Question<A> of(Purpose purpose, Facts facts, Schema.Fields schema, Class<A> type) {
        return new Question<>(
                purpose, facts, schema, node -> Json.read(node.toString(), type), answer -> Optional.empty());
    }

    /** The same question with a check more. */
    public Question<A> checked(Function<A, Optional<String>> more) {
        return new Question<>(
                purpose, facts, schema, read, answer -> check.apply(answer).or(() -> more.apply(answer)));
    }

    /** The same question, its answer made into something else. */
    public <B> Question<B> map(Function<A, B> made) {
        return new Question<>(
                purpose,
                facts,
                schema,
                node -> {
                    A answer = read.apply(node);
                    check.apply(answer).ifPresent(flaw -> {
                        throw new AnswerRefused(flaw);
                    });
                    return made.apply(answer);
                },
                answer -> Optional.empty());
    }
}
