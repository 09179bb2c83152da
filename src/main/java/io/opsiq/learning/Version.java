package io.opsiq.learning;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One change of one value of memory.
 *
 * @param scope where it holds; empty: everywhere
 * @param from the value before
 * @param value the value after; of a suppression the amount up to which it hides, or {@code off}
 * @param author who or what made it: {@code rules}, or a person
 * @param feedbackIds the verdicts behind it
 * @param proposalId the proposal that it carried out, with its replay; null of others
 * @param expiresAt when it ends by itself; null: never
 * @param inForce whether it is the last of its key
 */
public record Version(
        String memoryId,
        String key,
        Map<String, String> scope,
        @Nullable Object from,
        Object value,
        String reason,
        String source,
        String author,
        List<String> feedbackIds,
        @Nullable String proposalId,
        @Nullable Instant expiresAt,
        Instant updatedAt,
        boolean inForce) {}
