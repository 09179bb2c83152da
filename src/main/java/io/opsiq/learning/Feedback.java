package io.opsiq.learning;

import io.opsiq.learning.FeedbackType.TargetType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody said about a case or an answer.
 *
 * @param anomalyType of the case; null for answers
 * @param runId the run whose case it was; null for answers
 * @param inForce false once a later one about the same target replaced it, or it was withdrawn
 */
public record Feedback(
        String feedbackId,
        TargetType targetType,
        String targetId,
        FeedbackType feedbackType,
        String comment,
        String reviewer,
        @Nullable String anomalyType,
        @Nullable String runId,
        boolean inForce,
        Instant timestamp) {}
