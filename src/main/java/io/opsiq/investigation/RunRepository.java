package io.opsiq.investigation;

import io.opsiq.investigation.Run.Status;
import io.opsiq.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Reads and writes the table {@code runs}. */
final class RunRepository {

    void begin(DSLContext context, String runId, RunRequest request, Instant now) {
        context.execute(
                "insert into runs (run_id, status, started_at, request) values (?, 'running', ?, ?)",
                runId,
                now.toString(),
                Json.text(request));
    }

    void complete(DSLContext context, RunResult result, Instant now) {
        context.execute(
                "update runs set status = 'completed', finished_at = ?, result = ? where run_id = ?",
                now.toString(),
                Json.text(result),
                result.runId());
    }

    /** Stores another wording of a completed run's result. */
    void reword(DSLContext context, RunResult result) {
        context.execute("update runs set result = ? where run_id = ?", Json.text(result), result.runId());
    }

    void end(DSLContext context, String runId, Status status, String reason, Instant now) {
        context.execute(
                "update runs set status = ?, finished_at = ?, reason = ? where run_id = ? and status = 'running'",
                status.word(),
                now.toString(),
                reason,
                runId);
    }

    /** Lists a run that failed before it began. */
    void fail(DSLContext context, RunTicket ticket, String reason, Instant now) {
        context.execute("""
                insert into runs (run_id, status, started_at, finished_at, request, reason)
                values (?, 'failed', ?, ?, ?, ?)
                """, ticket.runId(), now.toString(), now.toString(), Json.text(ticket.request()), reason);
    }

    /** Runs that no process works on any more. */
    void markBrokenOff(DSLContext context, Instant now) {
        context.execute("""
                update runs
                set status = 'broken_off', finished_at = ?,
                    reason = 'Its process ended before the run did. The cases are those of the run before it.'
                where status = 'running'
                """, now.toString());
    }

    Optional<Run> latestCompleted(DSLContext context) {
        return context.resultQuery(
                        "select * from runs where status = 'completed' order by started_at desc, run_id desc limit 1")
                .fetchOptional(RunRepository::toRun);
    }

    /** The last completed run on the same books. */
    Optional<Run> latestCompleted(DSLContext context, RunRequest request) {
        return context.resultQuery("""
                        select * from runs
                        where status = 'completed'
                            and json_extract(request, '$.data') = ?
                            and coalesce(json_extract(request, '$.mapping'), '') = coalesce(?, '')
                        order by started_at desc, run_id desc
                        limit 1
                        """, request.data(), request.mapping()).fetchOptional(RunRepository::toRun);
    }

    List<Run> completed(DSLContext context, int most) {
        return context.resultQuery(
                        "select * from runs where status = 'completed' order by started_at desc, run_id desc limit ?",
                        most)
                .fetch(RunRepository::toRun);
    }

    List<Run> newest(DSLContext context, int most) {
        return context.resultQuery("select * from runs order by started_at desc, run_id desc limit ?", most)
                .fetch(RunRepository::toRun);
    }

    Optional<Run> find(DSLContext context, String runId) {
        return context.resultQuery("select * from runs where run_id = ?", runId).fetchOptional(RunRepository::toRun);
    }

    List<RunTally> tally(DSLContext context) {
        return context.resultQuery("""
                        select
                            status,
                            count(*) as runs,
                            cast(round(coalesce(sum(julianday(finished_at) - julianday(started_at)), 0) * 86400000) as integer) as millis
                        from runs
                        group by status
                        """)
                .fetch(row -> new RunTally(status(row), row.get("runs", Long.class), row.get("millis", Long.class)));
    }

    private static Status status(Record row) {
        return Status.valueOf(row.get("status", String.class).toUpperCase(Locale.ROOT));
    }

    private static Run toRun(Record row) {
        @Nullable String finished = row.get("finished_at", String.class);
        @Nullable String result = row.get("result", String.class);
        return new Run(
                row.get("run_id", String.class),
                status(row),
                Instant.parse(row.get("started_at", String.class)),
                finished == null ? null : Instant.parse(finished),
                Json.read(row.get("request", String.class), RunRequest.class),
                result == null ? null : Json.read(result, RunResult.class),
                row.get("reason", String.class));
    }
}
