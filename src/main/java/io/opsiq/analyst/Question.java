package io.opsiq.analyst;

import org.jspecify.annotations.Nullable;

/**
 * What is asked.
 *
 * @param context the answer that it goes on from; null when it stands by itself
 * @param concise whether the first sentence of the answer is enough
 */
public record Question(String text, @Nullable String context, boolean concise) {

    /** The most characters that a question has. */
    public static final int LONGEST = 1000;

    public static Question of(String text) {
        return new Question(text, null, false);
    }

    public Question after(@Nullable String answerId) {
        return new Question(text, answerId, concise);
    }
}
