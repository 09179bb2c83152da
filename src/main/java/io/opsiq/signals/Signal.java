package io.opsiq.signals;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A monitoring signal. Everything in it comes from outside and is shown, never obeyed.
 *
 * @param payload the JSON object that came with it; {@code {"text": …}} where it was none
 */
public record Signal(
        String signalId,
        @Nullable Instant timestamp,
        @Nullable String signalType,
        @Nullable String severity,
        @Nullable String source,
        @Nullable String relatedEntity,
        Map<String, Object> payload) {}
