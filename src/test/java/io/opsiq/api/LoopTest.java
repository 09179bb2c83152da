package io.opsiq.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole loop over HTTP, on the demo books. */
class LoopTest {

    @TempDir
    Path folder;

    private LiveServer live;

    @BeforeEach
    void start() {
        live = new LiveServer(folder);
    }

    @AfterEach
    void stop() {
        live.close();
    }

    @Test
    void health_names_the_tables_of_the_books_before_anything_has_run() {
        assertThat(live.get("/health").json())
                .containsEntry("status", "ok")
                .containsKey("version")
                .extracting(health -> health.get("tables_loaded"))
                .isEqualTo(List.of(
                        "customers",
                        "invoices",
                        "payments",
                        "refunds",
                        "signal_events",
                        "subscriptions",
                        "usage_events"));
    }

    @Test
    void a_run_answers_with_its_cases_actions_and_reasons() {
        var run = live.post("/monitor/run");

        assertThat(run.status()).isEqualTo(200);
        assertThat(run.list("cases")).hasSize(5);
        assertThat(run.list("actions")).isNotEmpty();
        assertThat(run.object("reasoning_trace")).isNotEmpty();
        assertThat(run.object("summary")).containsEntry("case_count", 5);
        assertThat(live.get("/monitor/signals").list("signals"))
                .isNotEmpty()
                .allSatisfy(signal -> assertThat(signal).containsKeys("signal_id", "source", "severity"));
        assertThat(live.get("/triage/cases").json()).containsEntry("count", 5);
        assertThat(live.get("/traces/latest").object("trace"))
                .containsEntry("run_id", run.json().get("run_id"));
        assertThat(live.get("/eval/all").json()).containsEntry("count", 1);
    }

    @Test
    void a_false_positive_lowers_confidence_and_estimate_of_its_kind_in_the_rerun_and_memory_says_why() {
        live.post("/monitor/run");
        Map<String, Object> before = duplicateRefund();
        assertThat(before)
                .containsEntry("confidence", "high")
                .containsEntry("estimated_impact", new BigDecimal("150.00"));

        var taken = live.postJson(
                "/feedback",
                "{\"target_type\": \"case\", \"target_id\": \"%s\", \"feedback_type\": \"false_positive\"}"
                        .formatted(before.get("case_id")));
        assertThat(taken.json()).containsEntry("status", "ok");
        assertThat(taken.list("memory_updates"))
                .anySatisfy(update -> assertThat(update).containsEntry("key", "false_positive_penalty"));
        assertThat(taken.object("eval_score")).containsEntry("false_positive_count", 1);

        assertThat(live.post("/triage/rerun").status()).isEqualTo(200);
        assertThat(duplicateRefund())
                .containsEntry("case_id", before.get("case_id"))
                .containsEntry("status", "false_positive")
                .containsEntry("confidence", "medium")
                .containsEntry("gross_impact", new BigDecimal("150.00"))
                .containsEntry("estimated_impact", new BigDecimal("127.50"));
        assertThat(live.get("/feedback").json()).containsEntry("count", 1);
        assertThat(live.get("/feedback/counts").json()).containsEntry("false_positive", 1);
        assertThat(live.get("/feedback/improvement").list("changes")).isNotEmpty();
        assertThat(live.get("/memory").text()).contains("From 0.0 to 0.15");
        assertThat(live.get("/triage/cases/open").json()).containsEntry("count", 4);
    }

    @Test
    void feedback_sent_twice_under_one_key_is_taken_once() {
        live.post("/monitor/run");
        String body = "{\"target_type\": \"case\", \"target_id\": \"%s\", \"feedback_type\": \"approve\"}"
                .formatted(duplicateRefund().get("case_id"));

        var first = live.postJson("/feedback", body, "Idempotency-Key", "one");
        var again = live.postJson("/feedback", body, "Idempotency-Key", "one");

        assertThat(again.object("feedback")).isEqualTo(first.object("feedback"));
        assertThat(live.get("/feedback").json()).containsEntry("count", 1);
    }

    @Test
    void an_action_is_decided_once() {
        live.post("/monitor/run");
        Object id = live.get("/actions?status=pending_approval")
                .list("actions")
                .getFirst()
                .get("action_id");

        var approved = live.postJson("/actions/" + id + "/approve", "{\"reviewer\": \"ana\"}");

        assertThat(approved.json()).containsEntry("status", "approved");
        assertThat(live.post("/actions/" + id + "/approve").status()).isEqualTo(409);
        assertThat(live.post("/actions/" + id + "/decline").json()).containsEntry("status", "declined");
        assertThat(live.post("/actions/NONE/decline").status()).isEqualTo(404);
        assertThat(live.get("/actions?status=declined").json()).containsEntry("count", 1);
    }

    @Test
    void texts_are_read_and_logged() {
        assertThat(live.postJson("/sentiment/analyze", "{\"text\": \"charged twice, furious\", \"context\": \"note\"}")
                        .json())
                .containsKeys("polarity", "subjectivity", "risk_level", "reason_code", "assessment");
        assertThat(live.get("/sentiment/log").list("analysis_log"))
                .singleElement()
                .satisfies(entry -> assertThat(entry).containsEntry("context", "note"));
    }

    @Test
    void a_reset_forgets_everything() {
        live.post("/monitor/run");

        assertThat(live.post("/demo/reset").json())
                .containsEntry("status", "ok")
                .containsKey("message");

        assertThat(live.get("/triage/cases").json()).containsEntry("count", 0);
        assertThat(live.get("/traces/latest").json()).containsEntry("trace", null);
        assertThat(live.get("/eval/latest").json()).containsEntry("eval", null);
        assertThat(live.post("/triage/rerun").status()).isEqualTo(409);
        assertThat(live.post("/monitor/run").list("cases")).hasSize(5);
    }

    @Test
    void pages_joined_are_the_list() {
        live.post("/monitor/run");
        var all = live.get("/triage/cases");

        var first = live.get("/triage/cases?limit=2");
        var second = live.get("/triage/cases?limit=2&cursor=" + first.json().get("next_cursor"));
        var rest = live.get("/triage/cases?cursor=" + second.json().get("next_cursor"));

        assertThat(first.json()).containsEntry("count", 5);
        assertThat(java.util.stream.Stream.of(first, second, rest)
                        .flatMap(page -> page.list("cases").stream())
                        .toList())
                .isEqualTo(all.list("cases"));
        assertThat(rest.json()).containsEntry("next_cursor", null);
        assertThat(live.get("/triage/cases?limit=5").json()).containsEntry("next_cursor", null);
        assertThat(live.get("/triage/cases?run_id=NONE").json()).containsEntry("count", 0);
        assertThat(live.get("/triage/cases?status=suppressed").json()).containsEntry("count", 0);
    }

    @Test
    void a_long_list_is_sent_whole_and_a_large_limit_in_one_page() {
        live.post("/monitor/run");
        live.opsiq.state().change(context -> context.execute("""
                with recursive n (value) as (select 1 union all select value + 1 from n where value < 1000)
                insert into cases
                select c.case_id || '-' || n.value, c.fingerprint || '-' || n.value, c.anomaly_type, c.run_id, c.title,
                    c.severity, c.confidence_score, c.gross_impact, c.estimated_impact, c.currency, c.base_impact,
                    c.money_kind, c.recurring, c.in_totals, c.rank, c.evidence, c.evidence_sql, c.affected_entities,
                    c.features, c.recommended_action, c.sentiment_score, c.status, c.status_before, c.status_reason,
                    c.created_at, c.updated_at, c.confidence_reasons, c.evidence_count, c.problem_id, c.suppressed_by, c.audit
                from cases as c, n
                """));

        assertThat(live.get("/triage/cases").list("cases")).hasSize(5005);
        var page = live.get("/triage/cases?limit=2000");
        assertThat(page.list("cases")).hasSize(2000);
        assertThat(page.json()).containsEntry("count", 5005);
        assertThat(live.get("/triage/cases?limit=4000&cursor=" + page.json().get("next_cursor"))
                        .list("cases"))
                .hasSize(3005);
    }

    @Test
    void the_numbers_for_monitoring_follow_what_happened() {
        live.post("/monitor/run");
        live.postJson(
                "/feedback",
                "{\"target_type\": \"case\", \"target_id\": \"%s\", \"feedback_type\": \"approve\"}"
                        .formatted(duplicateRefund().get("case_id")));

        assertThat(live.get("/metrics").text())
                .contains("opsiq_cases{status=\"open\"} 4.0")
                .contains("opsiq_cases{status=\"approved\"} 1.0")
                .contains("opsiq_runs_total{outcome=\"completed\"} 1.0")
                .contains("opsiq_run_duration_seconds_count 1")
                .contains("opsiq_verdicts_total{type=\"approve\"} 1.0")
                .contains("uri=\"/monitor/run\"")
                .contains("jvm_memory_used_bytes");
    }

    private Map<String, Object> duplicateRefund() {
        return live.get("/triage/cases").list("cases").stream()
                .filter(each -> "duplicate_refund".equals(each.get("anomaly_type")))
                .findFirst()
                .orElseThrow();
    }
}
