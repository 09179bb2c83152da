package io.opsiq.learning;

import org.jspecify.annotations.Nullable;

/**
 * Feedback as it comes in, nothing of it checked yet.
 *
 * @param idempotencyKey the same key is taken once; null: every time
 */
public record FeedbackGiven(
        @Nullable String targetType,
        @Nullable String targetId,
        @Nullable String feedbackType,
        @Nullable String comment,
        @Nullable String reviewer,
        @Nullable String idempotencyKey) {

    /** A verdict on a case. */
    public static FeedbackGiven onCase(
            String caseId, String verdict, @Nullable String comment, @Nullable String reviewer) {
        return new FeedbackGiven("case", caseId, verdict, comment, reviewer, null);
    }

    /** The same, taken once under this key. */
    public FeedbackGiven under(@Nullable String key) {
        return new FeedbackGiven(targetType, targetId, feedbackType, comment, reviewer, key);
    }

    /** What somebody says about an answer of the analyst. */
    public static FeedbackGiven onAnswer(String answerId, String said) {
        return new FeedbackGiven("analyst", answerId, said, null, null, null);
    }
}
