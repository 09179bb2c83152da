package io.opsiq.learning;

import io.opsiq.evaluation.Evaluation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of feedback. */
public sealed interface FeedbackOutcome {

    /**
     * It was stored, with all that follows from it.
     *
     * @param memoryUpdates values that it moved
     * @param proposals changes that it supports and that wait for more
     * @param evalScore the run of the case, scored again; null for answers
     */
    record Accepted(
            Feedback feedback,
            List<MemoryEntry> memoryUpdates,
            List<LimitProposal> proposals,
            @Nullable Evaluation evalScore)
            implements FeedbackOutcome {}

    /** It is about something that does not exist. */
    record UnknownTarget(String message) implements FeedbackOutcome {}

    /** A field does not fit. */
    record DoesNotFit(String field, String message) implements FeedbackOutcome {}
}
