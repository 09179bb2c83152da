package io.opsiq.reasoning;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with the language model.
 *
 * @param available whether the next question goes to it; false without a key, and while it is left alone after failures
 * @param provider {@code groq}, {@code openai} or {@code none}
 * @param model null without a provider
 * @param lastUsed when it was last asked; null for never
 */
public record LlmStatus(
        boolean available,
        String provider,
        @Nullable String model,
        long callCount,
        @Nullable Instant lastUsed) {}
