package io.opsiq.investigation;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A run as the state knows it. */
public record Run(
        String runId,
        Status status,
        Instant startedAt,
        @Nullable Instant finishedAt,
        RunRequest request,
        @Nullable RunResult result,
        @Nullable String reason) {

    /** How a run ended, or that it has not. */
    public enum Status {
        RUNNING,
        COMPLETED,
        FAILED,
        CANCELLED,
        /** Its process ended before it did. */
        BROKEN_OFF;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
