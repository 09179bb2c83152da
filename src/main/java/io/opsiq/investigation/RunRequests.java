package io.opsiq.investigation;

import io.opsiq.investigation.RunTicket.Kind;
import io.opsiq.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Reads and writes the table {@code run_requests}: runs that wait for their turn. */
final class RunRequests {

    void add(DSLContext context, RunTicket ticket) {
        context.execute(
                """
                insert into run_requests (run_id, status, kind, request, idempotency_key, requested_at)
                values (?, 'queued', ?, ?, ?, ?)
                """,
                ticket.runId(),
                ticket.kind().name().toLowerCase(Locale.ROOT),
                Json.text(ticket.request()),
                ticket.idempotencyKey(),
                ticket.requestedAt().toString());
    }

    /** Takes the request out of the queue to run it; false when another took it or it was cancelled. */
    boolean claim(DSLContext context, String runId) {
        return context.execute(
                        "update run_requests set status = 'started' where run_id = ? and status = 'queued'", runId)
                == 1;
    }

    /** Takes the request out of the queue for good; false when it has left it already. */
    boolean cancel(DSLContext context, String runId) {
        return context.execute(
                        "update run_requests set status = 'cancelled' where run_id = ? and status = 'queued'", runId)
                == 1;
    }

    /** Makes the key free for another try. */
    void releaseKey(DSLContext context, String runId) {
        context.execute("update run_requests set idempotency_key = null where run_id = ?", runId);
    }

    List<RunTicket> queued(DSLContext context) {
        return context.resultQuery("select * from run_requests where status = 'queued' order by requested_at, run_id")
                .fetch(RunRequests::toTicket);
    }

    Optional<RunTicket> find(DSLContext context, String runId) {
        return context.resultQuery("select * from run_requests where run_id = ?", runId)
                .fetchOptional(RunRequests::toTicket);
    }

    Optional<RunTicket> byKey(DSLContext context, String key) {
        return context.resultQuery("select * from run_requests where idempotency_key = ?", key)
                .fetchOptional(RunRequests::toTicket);
    }

    private static RunTicket toTicket(Record row) {
        @Nullable String key = row.get("idempotency_key", String.class);
        return new RunTicket(
                row.get("run_id", String.class),
                Kind.valueOf(row.get("kind", String.class).toUpperCase(Locale.ROOT)),
                Json.read(row.get("request", String.class), RunRequest.class),
                key,
                Instant.parse(row.get("requested_at", String.class)),
                row.get("status", String.class).equals("cancelled"));
    }
}
