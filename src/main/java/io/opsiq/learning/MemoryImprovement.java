package io.opsiq.learning;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was learned so far.
 *
 * @param changes values that are not what they were before any feedback
 * @param proposals changes that verdicts speak for and that wait
 * @param llmSummary the same in a language model's words; null without one
 */
public record MemoryImprovement(
        List<MemoryEntry> currentMemory,
        List<Change> changes,
        List<String> improvementNotes,
        List<String> falsePositiveCaseIds,
        List<LimitProposal> proposals,
        @Nullable String llmSummary) {

    /** A value that moved. */
    public record Change(
            String key,
            @JsonProperty("default") Object standard,
            Object current,
            String reason,
            String source,
            @Nullable Instant updatedAt) {

        static Change of(MemoryEntry entry, Object standard) {
            return new Change(entry.key(), standard, entry.value(), entry.reason(), entry.source(), entry.updatedAt());
        }
    }
}
