package io.opsiq.reasoning;

import io.opsiq.reasoning.Decision.Speaker;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call to a model, as it is kept.
 *
 * @param runId null for a call outside a run
 * @param prompt what was asked; bounded, without keys
 * @param answer what was said; bounded, without keys, else as it came: not to be shown as anything but text
 * @param outcome {@code ok}, or why this answer was not used
 * @param used who made the decision that the call was for
 * @param attributes the same by the names of OpenTelemetry's conventions for generative AI
 */
public record ReasoningEntry(
        long logId,
        @Nullable String runId,
        String purpose,
        String provider,
        String model,
        String prompt,
        String answer,
        int tokensIn,
        int tokensOut,
        long latencyMs,
        String outcome,
        Speaker used,
        Instant createdAt,
        Map<String, Object> attributes) {}
