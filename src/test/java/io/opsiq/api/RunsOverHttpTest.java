package io.opsiq.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsiq.state.RunLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsOverHttpTest {

    @TempDir
    Path folder;

    @Test
    void a_run_may_be_asked_for_without_waiting_and_tells_how_it_goes() {
        try (LiveServer live = new LiveServer(folder)) {
            var taken = live.post("/monitor/run", "Prefer", "respond-async");
            assertThat(taken.status()).isEqualTo(202);
            String run = taken.header("Location");
            assertThat(run).isEqualTo("/monitor/runs/" + taken.json().get("run_id"));

            var events = live.get(run + "/events");

            assertThat(events.header("Content-Type")).startsWith("text/event-stream");
            List<String> told = named(events.text(), "event: ");
            assertThat(told).startsWith("queued", "progress").endsWith("completed");
            assertThat(named(events.text(), "id: ")).first().isEqualTo("1");
            assertThat(live.get(run).json())
                    .containsEntry("status", "completed")
                    .containsKey("result");
            assertThat(live.get("/monitor/runs").list("runs"))
                    .singleElement()
                    .satisfies(listed -> assertThat(listed).containsEntry("status", "completed"));
        }
    }

    @Test
    void a_client_that_was_cut_off_goes_on_after_the_last_event_that_it_saw() {
        try (LiveServer live = new LiveServer(folder)) {
            String run = live.post("/monitor/run", "Prefer", "respond-async").header("Location");
            List<String> all = named(live.get(run + "/events").text(), "id: ");

            List<String> rest =
                    named(live.get(run + "/events", "Last-Event-ID", "3").text(), "id: ");

            assertThat(rest).isEqualTo(all.subList(3, all.size()));
        }
    }

    @Test
    void the_same_key_gives_the_same_run() {
        try (LiveServer live = new LiveServer(folder)) {
            var first = live.post("/monitor/run", "Idempotency-Key", "nightly-1");
            var again = live.post("/monitor/run", "Idempotency-Key", "nightly-1");

            assertThat(again.json().get("run_id")).isEqualTo(first.json().get("run_id"));
            assertThat(live.get("/monitor/runs").json()).containsEntry("count", 1);
        }
    }

    @Test
    void a_run_that_waits_can_be_cancelled_and_whoever_waits_for_it_is_told() throws Exception {
        try (LiveServer live = new LiveServer(folder);
                RunLock _ = RunLock.tryTake(live.opsiq.state()).orElseThrow()) {
            var waiting = CompletableFuture.supplyAsync(() -> live.post("/monitor/run"));
            String id = awaitRun(live);
            assertThat(live.get("/health").status()).isEqualTo(200);

            assertThat(live.post("/monitor/runs/" + id + "/cancel").status()).isEqualTo(202);

            var answer = waiting.get(60, TimeUnit.SECONDS);
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.text()).contains("cancelled");
            assertThat(live.post("/monitor/runs/" + id + "/cancel").status()).isEqualTo(409);
            assertThat(live.get("/monitor/runs/" + id + "/events").text()).contains("event: cancelled");
        }
    }

    @Test
    void books_that_cannot_be_read_fail_the_run_with_the_reason_and_leave_the_server_there() throws Exception {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        try (LiveServer live = new LiveServer(folder, null, empty)) {
            var answer = live.post("/monitor/run");

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.json()).doesNotContainKey("error_id");
            assertThat(answer.text()).contains("found nothing readable");
            assertThat(live.get("/health").json()).containsEntry("tables_loaded", List.of());
            assertThat(live.get("/monitor/signals").status()).isEqualTo(422);
            assertThat(live.get("/metrics").text()).contains("opsiq_runs_total{outcome=\"failed\"} 1.0");
        }
    }

    @Test
    void a_server_that_stops_answers_those_who_wait_keeps_what_is_queued_and_leaves_no_engine_behind()
            throws Exception {
        LiveServer live = new LiveServer(folder);
        String id;
        CompletableFuture<LiveServer.Answer> waiting;
        try (RunLock _ = RunLock.tryTake(live.opsiq.state()).orElseThrow()) {
            waiting = CompletableFuture.supplyAsync(() -> live.post("/monitor/run"));
            id = awaitRun(live);

            live.server.close();

            assertThat(waiting.get(60, TimeUnit.SECONDS).status()).isEqualTo(503);
        }
        live.close();
        assertThat(engines()).isEmpty();

        try (LiveServer next = new LiveServer(folder)) {
            assertThat(next.get("/monitor/runs/" + id + "/events").text()).contains("event: completed");
            assertThat(next.get("/triage/cases").json()).containsEntry("count", 5);
        }
    }

    private List<Path> engines() throws Exception {
        Path work = folder.resolve("state/work");
        if (!Files.isDirectory(work)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(work)) {
            return files.toList();
        }
    }

    private static String awaitRun(LiveServer live) throws InterruptedException {
        for (int i = 0; i < 1000; i++) {
            var runs = live.get("/monitor/runs").list("runs");
            if (!runs.isEmpty()) {
                return String.valueOf(runs.getFirst().get("run_id"));
            }
            Thread.sleep(20);
        }
        throw new AssertionError("no run was taken");
    }

    private static List<String> named(String events, String field) {
        return events.lines()
                .filter(line -> line.startsWith(field))
                .map(line -> line.substring(field.length()))
                .toList();
    }
}
