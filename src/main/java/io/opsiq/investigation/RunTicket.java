package io.opsiq.investigation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run that was asked for.
 *
 * @param idempotencyKey asking again with the same key gives the same run
 * @param cancelled before it could begin
 */
public record RunTicket(
        String runId,
        Kind kind,
        RunRequest request,
        @Nullable String idempotencyKey,
        Instant requestedAt,
        boolean cancelled) {

    /** What was asked for. */
    public enum Kind {
        RUN,
        /** The same books again, with what was learned since. */
        RERUN
    }
}
