package io.opsiq.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsiq.learning.RefundBooks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A round of verdicts over HTTP: what is hidden, where it is listed, and how it is had back. */
class LearningOverHttpTest {

    @TempDir
    Path folder;

    @Test
    void hidden_cases_are_listed_where_they_are_asked_for_and_nowhere_else() throws IOException {
        RefundBooks books = new RefundBooks(300, 10);
        books.write(folder.resolve("books"));
        try (LiveServer live = new LiveServer(folder, null, folder.resolve("books"))) {
            List<Map<String, Object>> shown = live.post("/monitor/run").list("cases");
            assertThat(live.get("/proposals").json()).containsEntry("count", 0);
            IntStream.range(0, 50).forEach(i -> judge(live, books, shown.get(i)));

            var second = live.post("/monitor/run");

            List<Object> hidden = ids(live.get("/triage/cases?status=suppressed"));
            assertThat(hidden).hasSize(25);
            assertThat(ids(second)).hasSize(275).doesNotContainAnyElementsOf(hidden);
            assertThat(ids(live.get("/triage/cases"))).doesNotContainAnyElementsOf(hidden);
            assertThat(ids(live.get("/triage/cases/open"))).hasSize(225).doesNotContainAnyElementsOf(hidden);
            assertThat(ids(live.get("/triage/cases?audit=true"))).hasSize(2).isSubsetOf(hidden);
            Map<String, Object> proposal =
                    live.get("/proposals").list("proposals").getFirst();
            assertThat(proposal)
                    .containsEntry("status", "applied")
                    .containsEntry("scope", Map.of("reason", "goodwill", "region", "emea"))
                    .containsEntry("waits_for", null)
                    .containsKeys("proposal_id", "key", "from", "to", "reason", "proposed_by", "feedback_ids");
            assertThat(String.valueOf(proposal.get("replay")))
                    .contains("precision_before")
                    .contains("money_lost");
            assertThat(live.get("/proposals/" + proposal.get("proposal_id")).json())
                    .isEqualTo(proposal);
            assertThat(live.post("/proposals/" + proposal.get("proposal_id") + "/accept")
                            .status())
                    .isEqualTo(409);
            assertThat(live.post("/proposals/PROP-NONE/accept").status()).isEqualTo(404);

            Map<String, Object> change = live.get("/memory/history").list("history").stream()
                    .filter(each -> Objects.equals(each.get("proposal_id"), proposal.get("proposal_id")))
                    .findFirst()
                    .orElseThrow();
            String undo = "/memory/" + change.get("memory_id") + "/undo";
            assertThat(live.post(undo).status()).isEqualTo(200);
            assertThat(live.post(undo).status()).isEqualTo(409);
            assertThat(ids(live.get("/triage/cases/open"))).hasSize(250).containsAll(hidden);
        }
    }

    private static void judge(LiveServer live, RefundBooks books, Map<String, Object> about) {
        @SuppressWarnings("unchecked") // a JSON object
        Map<String, Object> entities = (Map<String, Object>) about.get("affected_entities");
        Object refund = Objects.requireNonNull(Objects.requireNonNull(entities).get("refund_id"));
        String verdict = books.refund(refund).isGoodwillInEmea() ? "false_positive" : "approve";
        assertThat(live.postJson(
                                "/feedback",
                                "{\"target_type\": \"case\", \"target_id\": \"%s\", \"feedback_type\": \"%s\"}"
                                        .formatted(about.get("case_id"), verdict))
                        .status())
                .isEqualTo(200);
    }

    private static List<Object> ids(LiveServer.Answer answer) {
        return answer.list("cases").stream()
                .map(each -> Objects.requireNonNull(each.get("case_id")))
                .toList();
    }
}
