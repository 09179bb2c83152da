package io.opsiq.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemsTest {

    @TempDir
    static Path folder;

    private static LiveServer live;

    @BeforeAll
    static void start() {
        live = new LiveServer(folder);
    }

    @AfterAll
    static void stop() {
        live.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nowhere",
                "/triage/cases/NONEXISTENT-CASE",
                "/triage",
                "/triage/cases/",
                "/monitor/runs/NONE",
                "/monitor/runs/NONE/events",
                "/docs/openapi.yaml",
                "/docs/index.html"
            })
    void what_is_not_there_is_a_404_that_says_where_to_look(String path) {
        var answer = live.get(path);

        isProblem(answer, 404);
        assertThat((String) answer.json().get("detail")).contains("Maybe");
        assertThat(answer.json()).containsEntry("instance", path);
    }

    @Test
    void a_method_that_an_address_does_not_know_is_a_405_that_names_those_it_knows() {
        var answer = live.send(live.request("/triage/cases").DELETE());

        isProblem(answer, 405);
        assertThat(answer.header("Allow")).contains("GET");
        isProblem(live.get("/triage/rerun"), 405);
    }

    @Test
    void an_answer_that_the_client_would_not_take_is_a_406() {
        isProblem(live.get("/health", "Accept", "text/html"), 406);
        isProblem(live.get("/monitor/runs/NONE/events", "Accept", "application/json"), 406);
    }

    @Test
    void a_body_that_is_no_json_is_a_415_or_a_400_that_says_where() {
        isProblem(live.post("/sentiment/analyze", "Content-Type", "text/plain"), 415);
        isProblem(live.postJson("/sentiment/analyze", ""), 400);
        isProblem(live.postJson("/sentiment/analyze", "[]"), 400);
        var broken = live.postJson("/sentiment/analyze", "{\n\"text\": nonsense}");
        isProblem(broken, 400);
        assertThat(broken.text()).contains("line 2").doesNotContain("Jackson");
    }

    @Test
    void fields_that_do_not_fit_are_named_all_at_once() {
        var answer = live.postJson("/sentiment/analyze", "{\"text\": 5, \"context\": {}}");

        isProblem(answer, 422);
        assertThat(answer.list("errors"))
                .extracting(error -> error.get("field"))
                .containsExactly("text", "context");
        assertThat(fields(live.postJson("/sentiment/analyze", "{\"text\": \"  \"}")))
                .containsExactly("text");
        assertThat(fields(live.postJson("/sentiment/analyze", "{\"text\": null}")))
                .containsExactly("text");
        assertThat(fields(live.postJson("/sentiment/analyze", "{\"text\": \"" + "x".repeat(20_001) + "\"}")))
                .containsExactly("text");
    }

    @Test
    void parameters_that_do_not_fit_are_named_with_what_is_allowed() {
        var status = live.get("/triage/cases?status=done");

        assertThat(fields(status)).containsExactly("status");
        assertThat(status.text()).contains("open, approved, rejected, false_positive, accepted, resolved, suppressed");
        assertThat(fields(live.get("/triage/cases?limit=many"))).containsExactly("limit");
        assertThat(fields(live.get("/triage/cases?limit=0"))).containsExactly("limit");
        assertThat(fields(live.get("/triage/cases?cursor=zz"))).containsExactly("cursor");
        assertThat(fields(live.get("/actions?status=lost"))).containsExactly("status");
        assertThat(fields(live.post("/monitor/run", "Idempotency-Key", "k".repeat(201))))
                .containsExactly("Idempotency-Key");
    }

    @Test
    void feedback_is_checked_field_by_field() {
        assertThat(fields(live.postJson("/feedback", "{}"))).contains("target_type", "target_id", "feedback_type");
        assertThat(fields(live.postJson(
                        "/feedback",
                        "{\"target_type\": \"case\", \"target_id\": \"X\", \"feedback_type\": \"perhaps\"}")))
                .containsExactly("feedback_type");
        isProblem(
                live.postJson(
                        "/feedback",
                        "{\"target_type\": \"case\", \"target_id\": \"X\", \"feedback_type\": \"approve\"}"),
                404);
    }

    @Test
    void a_posted_signal_is_checked_field_by_field() {
        assertThat(fields(live.postJson("/monitor/signals", "{\"timestamp\": \"soon\", \"payload\": 1}")))
                .containsExactly("signal_type", "severity", "timestamp", "payload");
        assertThat(fields(live.postJson("/monitor/signals", "{\"signal_type\": \"x\", \"severity\": \"huge\"}")))
                .containsExactly("severity");
        String one =
                "{\"signal_id\": \"S-1\", \"timestamp\": \"2026-01-01T00:00:00Z\", \"signal_type\": \"x\", \"severity\": \"low\"}";
        assertThat(live.postJson("/monitor/signals", one).status()).isEqualTo(201);
        assertThat(live.postJson("/monitor/signals", one).status()).isEqualTo(200);
        isProblem(live.postJson("/monitor/signals", one.replace("low", "high")), 409);
        assertThat(live.get("/monitor/signals").text()).contains("S-1");
    }

    @Test
    void a_body_beyond_the_limit_is_a_413_whether_it_says_its_length_or_not() {
        byte[] large = new byte[1024 * 1024 + 1];
        java.util.Arrays.fill(large, (byte) ' ');

        isProblem(
                live.send(live.request("/sentiment/analyze", "Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(large))),
                413);
        isProblem(
                live.send(live.request("/sentiment/analyze", "Content-Type", "application/json")
                        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))),
                413);
        assertThat(live.get("/health").status()).isEqualTo(200);
    }

    @Test
    void a_head_beyond_the_limit_is_refused_as_a_problem() throws IOException {
        assertThat(live.raw("GET /health HTTP/1.1", "Host: localhost:" + live.port(), "X-Much: " + "x".repeat(20_000)))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json");
        assertThat(live.raw("GET /" + "x".repeat(20_000) + " HTTP/1.1", "Host: localhost:" + live.port()))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json");
    }

    @Test
    void what_breaks_inside_stays_inside_but_for_the_id_of_its_line_in_the_log(@TempDir Path other) throws IOException {
        try (LiveServer broken = new LiveServer(other)) {
            Path database = other.resolve("state/opsiq.db");
            Files.deleteIfExists(other.resolve("state/opsiq.db-wal"));
            Files.deleteIfExists(other.resolve("state/opsiq.db-shm"));
            Files.writeString(database, "this is no database, ".repeat(1000));

            var answer = broken.get("/memory");

            isProblem(answer, 503);
            assertThat((String) answer.json().get("error_id")).startsWith("ERR-");
            assertThat(answer.text())
                    .doesNotContain("sqlite")
                    .doesNotContain("Exception")
                    .doesNotContain(other.toString());
        }
    }

    private static List<Object> fields(LiveServer.Answer answer) {
        isProblem(answer, 422);
        return answer.list("errors").stream().map(error -> error.get("field")).toList();
    }

    private static void isProblem(LiveServer.Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json()).containsEntry("status", status).containsKeys("type", "title", "detail");
    }
}
