package io.opsiq.learning;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A value that runs go by.
 *
 * @param value a number or a word
 * @param source {@code default}, or what moved it last
 * @param updatedAt null while it was never moved
 */
public record MemoryEntry(
        String memoryId,
        String key,
        Object value,
        String reason,
        String source,
        @Nullable Instant updatedAt) {}
