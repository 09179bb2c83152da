package io.opsiq.reasoning;

import org.jspecify.annotations.Nullable;

/**
 * How one small question went.
 *
 * @param baseUrl without user, password and query
 * @param strictSchemas whether the server holds the model to a schema
 * @param problem what is wrong and what to do about it; null when all is well
 */
public record LlmCheck(
        String provider,
        String model,
        String baseUrl,
        long latencyMs,
        boolean strictSchemas,
        int tokensIn,
        int tokensOut,
        @Nullable String problem) {}
