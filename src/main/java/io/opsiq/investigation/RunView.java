package io.opsiq.investigation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.opsiq.investigation.RunTicket.Kind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run as those see it who asked for it.
 *
 * @param status queued, or what the run itself has
 * @param reason why it did not complete
 * @param result of a completed run, without its cases
 */
public record RunView(
        String runId,
        String status,
        Kind kind,
        RunRequest request,
        Instant requestedAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable String reason,
        @Nullable RunResult result) {

    static RunView of(Run run, Kind kind) {
        return new RunView(
                run.runId(),
                run.status().word(),
                kind,
                run.request(),
                run.startedAt(),
                run.startedAt(),
                run.finishedAt(),
                run.reason(),
                run.result());
    }

    static RunView of(RunTicket ticket) {
        return new RunView(
                ticket.runId(),
                ticket.cancelled() ? "cancelled" : "queued",
                ticket.kind(),
                ticket.request(),
                ticket.requestedAt(),
                null,
                null,
                ticket.cancelled() ? "It was cancelled before it began." : null,
                null);
    }

    /** Whether nothing more will happen to it. */
    public boolean hasEnded() {
        return !status.equals("queued") && !status.equals("running");
    }

    @JsonIgnore
    public boolean isCompleted() {
        return result != null;
    }
}
