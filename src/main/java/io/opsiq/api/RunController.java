package io.opsiq.api;

import io.opsiq.cases.ImpactSummary;
import io.opsiq.investigation.Investigations;
import io.opsiq.investigation.Run;
import io.opsiq.investigation.RunDocument;
import io.opsiq.investigation.RunParts;
import io.opsiq.investigation.RunQueue;
import io.opsiq.investigation.RunRequest;
import io.opsiq.investigation.RunResult;
import io.opsiq.investigation.RunTicket.Kind;
import io.opsiq.investigation.RunView;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Investigations: asked for, watched, stopped. */
@RestController
final class RunController {

    private static final int LISTED = 50;
    private static final int MOST_LISTED = 500;

    private final ServerSettings settings;
    private final RunQueue queue;
    private final Runs runs;
    private final Investigations investigations;
    private final RunParts parts;

    RunController(ServerSettings settings, RunQueue queue, Runs runs, Investigations investigations, RunParts parts) {
        this.settings = settings;
        this.queue = queue;
        this.runs = runs;
        this.investigations = investigations;
        this.parts = parts;
    }

    @PostMapping("/monitor/run")
    ResponseEntity<?> run(
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestHeader(name = "Prefer", required = false) @Nullable String prefer) {
        return answer(queue.submit(Kind.RUN, settings.books(), Parameters.idempotencyKey(key)), prefer);
    }

    @PostMapping("/triage/rerun")
    ResponseEntity<?> rerun(
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestHeader(name = "Prefer", required = false) @Nullable String prefer) {
        RunRequest last = investigations
                .latest()
                .map(Run::request)
                .orElseThrow(() -> Refusal.conflict("There is no run to repeat. Maybe begin with POST /monitor/run."));
        return answer(queue.submit(Kind.RERUN, last, Parameters.idempotencyKey(key)), prefer);
    }

    private ResponseEntity<?> answer(String runId, @Nullable String prefer) {
        if (prefer != null && prefer.contains("respond-async")) {
            return ResponseEntity.accepted()
                    .location(URI.create("/monitor/runs/" + runId))
                    .header("Preference-Applied", "respond-async")
                    .body(Listed.of(runs.find(runId)));
        }
        RunResult result = completed(runs.await(runId));
        JsonDocument document = out -> new RunDocument(result, parts).write(out);
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(document);
    }

    private static RunResult completed(RunView run) {
        @Nullable RunResult result = run.result();
        if (result != null) {
            return result;
        }
        if (!run.hasEnded()) {
            throw Refusal.stopping();
        }
        String why = "The run %s did not complete: %s".formatted(run.runId(), run.reason());
        throw run.status().equals("cancelled") ? Refusal.conflict(why) : Refusal.failed(why);
    }

    /** A run in a list. */
    record Listed(
            String runId,
            String status,
            Kind kind,
            Instant requestedAt,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable String reason,
            @Nullable ImpactSummary summary) {

        static Listed of(RunView run) {
            @Nullable RunResult result = run.result();
            return new Listed(
                    run.runId(),
                    run.status(),
                    run.kind(),
                    run.requestedAt(),
                    run.startedAt(),
                    run.finishedAt(),
                    run.reason(),
                    result == null ? null : result.summary());
        }
    }

    record RunList(List<Listed> runs, int count) {}

    @GetMapping("/monitor/runs")
    RunList list(@RequestParam(name = "limit", required = false) @Nullable String limit) {
        List<Listed> newest = queue.newest(Parameters.limit(limit, LISTED, MOST_LISTED)).stream()
                .map(Listed::of)
                .toList();
        return new RunList(newest, newest.size());
    }

    @GetMapping("/monitor/runs/{id}")
    RunView one(@PathVariable("id") String id) {
        return runs.find(id);
    }

    @GetMapping(path = "/monitor/runs/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void events(
            @PathVariable("id") String id,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastId,
            HttpServletResponse response)
            throws IOException {
        runs.find(id);
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        new EventStream(runs, id, EventStream.after(lastId)).write(response.getOutputStream());
    }

    @PostMapping("/monitor/runs/{id}/cancel")
    ResponseEntity<Listed> cancel(@PathVariable("id") String id) {
        if (runs.find(id).hasEnded() || queue.cancel(id) != RunQueue.Cancelled.YES) {
            throw Refusal.conflict("The run %s is not at work here and does not wait: it is %s."
                    .formatted(id, runs.find(id).status()));
        }
        return ResponseEntity.accepted().body(Listed.of(runs.find(id)));
    }
}
