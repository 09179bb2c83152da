package io.opsiq.reasoning;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A decision, and who made it.
 *
 * @param because why the rules spoke; null when the model did
 * @param detail the same in words that a user may see; empty when the model spoke
 */
public record Decision<A>(
        A answer, Speaker speaker, @Nullable Because because, String detail) {

    static <A> Decision<A> ofModel(A answer) {
        return new Decision<>(answer, Speaker.MODEL, null, "");
    }

    static <A> Decision<A> ofRules(A answer, Because because, String detail) {
        return new Decision<>(answer, Speaker.RULES, because, detail);
    }

    /** The same decision about something made of the answer. */
    public <B> Decision<B> map(Function<A, B> made) {
        return new Decision<>(made.apply(answer), speaker, because, detail);
    }

    public boolean byModel() {
        return speaker == Speaker.MODEL;
    }

    /** Who spoke. */
    public enum Speaker {
        MODEL,
        RULES;

        /** {@code model} or {@code rules}. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Why the rules spoke. */
    public enum Because {
        NO_KEY("No language model is set up."),
        UNUSABLE_SETTINGS("The language model's settings cannot be used; `opsiq llm check` says why."),
        TOO_MUCH_TO_ASK("The facts are more than a model is asked about."),
        BUDGET("What a run may spend on the language model is used up."),
        PAUSED("The language model failed several times; it is asked again after a pause."),
        BUSY("The language model is busy with other questions."),
        TIME_OUT("The language model did not answer in time."),
        UNREACHABLE("The language model cannot be reached."),
        RATE_LIMITED("The language model's provider asked to wait."),
        SERVER_ERROR("The language model's server failed."),
        KEY_REFUSED("The language model's provider refused the key."),
        REQUEST_REFUSED("The language model's server refused the request."),
        TOO_LONG("The language model's answer was too long."),
        INVALID_ANSWER("The language model's answer was not in the form asked for."),
        DECLINED("The language model declined to answer."),
        FAILED_CHECK("The language model's answer did not pass the check."),
        INTERRUPTED("The work was stopped.");

        private final String sentence;

        Because(String sentence) {
            this.sentence = sentence;
        }

        /** The reason for people. */
        public String sentence() {
            return sentence;
        }

        /** The name in logs and JSON. */
        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
