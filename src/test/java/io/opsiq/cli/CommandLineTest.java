package io.opsiq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsiq.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.type.TypeReference;

class CommandLineTest {

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    @TempDir
    Path folder;

    private String out = "";
    private String err = "";

    @Test
    void the_demo_finds_its_five_facts_once_each() {
        assertThat(investigateDemo()).isZero();
        assertThat(out).contains("5 cases: lost USD 1,050.00.");
        assertThat(err).isEmpty();

        assertThat(opsiq("cases", "--json")).isZero();
        List<Map<String, Object>> cases = list(json(), "cases");
        assertThat(cases)
                .extracting(each -> each.get("anomaly_type"))
                .containsExactlyInAnyOrder(
                        "refund_spike", "manual_credit", "tier_mismatch", "duplicate_refund", "underbilling");
        assertThat(of(cases, "duplicate_refund"))
                .containsEntry("gross_impact", new java.math.BigDecimal("150.00"))
                .extracting(each -> each.get("affected_entities"))
                .isEqualTo(Map.of(
                        "refund_ids", List.of("REF003", "REF004"), "customer_id", "C003", "payment_id", "PAY007"));
        assertThat(entities(cases, "underbilling")).containsEntry("invoice_id", "INV008");
        assertThat(of(cases, "underbilling")).containsEntry("gross_impact", new java.math.BigDecimal("100.00"));
        assertThat(entities(cases, "tier_mismatch")).containsEntry("invoice_id", "INV010");
        assertThat(of(cases, "tier_mismatch")).containsEntry("gross_impact", new java.math.BigDecimal("300.00"));
        assertThat(entities(cases, "manual_credit")).containsEntry("refund_id", "REF009");
        assertThat(of(cases, "manual_credit")).containsEntry("gross_impact", new java.math.BigDecimal("500.00"));
        assertThat(entities(cases, "refund_spike")).containsEntry("region", "EMEA");
        assertThat((java.math.BigDecimal) of(cases, "refund_spike").get("gross_impact"))
                .isBetween(new java.math.BigDecimal("620"), new java.math.BigDecimal("628"));
    }

    @Test
    void a_run_as_json_has_every_field_of_its_document() {
        opsiq("seed", folder.resolve("books").toString());

        assertThat(opsiq("run", "--data", folder.resolve("books").toString(), "--json"))
                .isZero();

        Map<String, Object> run = json();
        assertThat(run)
                .containsKeys(
                        "run_id", "signal", "cases", "actions", "trace", "eval_score", "reasoning_trace", "summary");
        assertThat(list(run, "cases"))
                .hasSize(5)
                .first()
                .satisfies(each -> assertThat(each)
                        .containsKeys(
                                "case_id",
                                "run_id",
                                "title",
                                "anomaly_type",
                                "severity",
                                "confidence",
                                "confidence_score",
                                "gross_impact",
                                "estimated_impact",
                                "currency",
                                "evidence",
                                "evidence_sql",
                                "affected_entities",
                                "recommended_action",
                                "status",
                                "created_at",
                                "sentiment_score",
                                "fingerprint"));
        assertThat(err).isEmpty();
    }

    @Test
    void rerun_repeats_the_last_run_on_the_same_books_with_the_same_cases() {
        assertThat(opsiq("rerun")).isEqualTo(1);
        assertThat(err).contains("There is no run to repeat");
        investigateDemo();
        opsiq("cases", "--json");
        Object before =
                list(json(), "cases").stream().map(each -> each.get("case_id")).toList();

        assertThat(opsiq("rerun", "--json")).isZero();

        assertThat(list(json(), "cases").stream()
                        .map(each -> each.get("case_id"))
                        .toList())
                .isEqualTo(before);
    }

    @Test
    void a_case_is_shown_with_its_evidence_and_its_proof() {
        investigateDemo();
        opsiq("cases", "--json");
        String id = String.valueOf(of(list(json(), "cases"), "duplicate_refund").get("case_id"));

        assertThat(opsiq("case", id)).isZero();
        assertThat(out).contains("REF003, REF004").contains("select").contains("opened: Found for the first time.");
        assertThat(opsiq("case", "CASE-NONE")).isEqualTo(1);
        assertThat(err).contains("There is no case CASE-NONE");
    }

    @Test
    void check_says_what_is_there_what_is_bad_and_what_can_run() throws IOException {
        Path books = Files.createDirectories(folder.resolve("books"));
        Files.writeString(
                books.resolve("refunds.csv"),
                "refund_id,customer_id,refund_date,amount,reason,processor,linked_payment_id\nR1,C1,2026-01-01,5,x,stripe,\nR2,C1,soon,5,x,stripe,\n");
        Files.writeString(books.resolve("budget.csv"), "a,b\n1,2\n");

        assertThat(opsiq("check", "--data", books.toString(), "--json")).isZero();

        Map<String, Object> report = json();
        assertThat(list(report, "tables"))
                .singleElement()
                .satisfies(table -> assertThat(table)
                        .containsEntry("name", "refunds")
                        .containsEntry("files", List.of("refunds.csv"))
                        .containsEntry("rows", 1)
                        .containsEntry("bad_rows", 1)
                        .containsEntry("missing_columns", List.of()));
        assertThat(list(report, "bad_rows"))
                .singleElement()
                .isEqualTo(Map.of(
                        "file",
                        "refunds.csv",
                        "line",
                        3,
                        "column",
                        "refund_date",
                        "value",
                        "soon",
                        "reason",
                        "unreadable date"));
        assertThat(report).containsEntry("clock", "2026-01-01T00:00:00Z").containsEntry("currencies", List.of("USD"));
        assertThat(of(list(report, "detectors"), "id", "manual_credit")).containsEntry("runs", true);
        assertThat(of(list(report, "detectors"), "id", "tier_mismatch"))
                .containsEntry("runs", false)
                .containsEntry("reason", "there is no table invoices");

        assertThat(opsiq("check", "--data", books.toString())).isZero();
        assertThat(out)
                .contains("refunds.csv line 3, refund_date: unreadable date [soon]")
                .contains("budget");
    }

    @Test
    void wrong_usage_ends_with_2_unreadable_books_with_3() throws IOException {
        assertThat(opsiq("run")).isEqualTo(2);
        assertThat(opsiq("run", "--data", folder.toString(), "--as-of", "yesterday"))
                .isEqualTo(2);
        assertThat(opsiq("run", "--data", folder.toString(), "--mapping", "no-such-mapping"))
                .isEqualTo(2);
        assertThat(err).contains("stripe");
        assertThat(opsiq("nonsense")).isEqualTo(2);
        assertThat(opsiq()).isEqualTo(2);
        Path empty = Files.createDirectories(folder.resolve("empty"));
        assertThat(opsiq("run", "--data", empty.toString())).isEqualTo(3);
        assertThat(err).contains("found nothing readable").contains("customers, subscriptions, invoices");
        assertThat(opsiq("run", "--data", folder.resolve("missing").toString())).isEqualTo(3);
        assertThat(opsiq("check", "--data", empty.toString())).isEqualTo(3);
        assertThat(out).isEmpty();
    }

    @Test
    void every_command_has_help() {
        for (String command : List.of(
                "demo",
                "serve",
                "seed",
                "run",
                "rerun",
                "check",
                "cases",
                "case",
                "feedback",
                "actions",
                "action",
                "ask",
                "score",
                "detectors",
                "reset")) {
            assertThat(opsiq(command, "--help")).as(command).isZero();
            assertThat(out).contains("--state");
        }
    }

    @Test
    void the_catalogue_lists_shows_and_tests() {
        assertThat(opsiq("detectors", "list")).isZero();
        assertThat(out).contains("duplicate_refund").contains("stable");
        assertThat(opsiq("detectors", "show", "duplicate_refund")).isZero();
        assertThat(out).contains("Can be wrong").contains("select");
        assertThat(opsiq("detectors", "show", "nothing")).isEqualTo(1);
        assertThat(opsiq("detectors", "test", "manual_credit")).isZero();
        assertThat(out).containsPattern("\\d+ passed, 0 failed");
    }

    @Test
    void reset_asks_and_forgets_only_when_told() {
        investigateDemo();

        assertThat(opsiqAnswering("no\n", "reset")).isEqualTo(1);
        assertThat(err).contains("Type reset to go on").contains("Nothing was forgotten");
        opsiq("cases");
        assertThat(out).contains("CASE-");
        assertThat(opsiqAnswering("reset\n", "reset")).isZero();
        opsiq("cases");
        assertThat(out).contains("No cases.");
    }

    @Test
    void ask_answers_from_the_books_of_the_latest_run_and_goes_on_from_an_answer() {
        assertThat(opsiq("ask", "What is total revenue?")).isEqualTo(1);
        assertThat(err).contains("Maybe begin with: opsiq run --data DIR");
        investigateDemo();

        assertThat(opsiq("ask", "refunds by region", "--json")).isZero();
        Map<String, Object> answer = json();
        assertThat(answer).containsEntry("chart_type", "bar").containsEntry("confidence", "high");
        assertThat(opsiq("ask", "only EMEA", "--context", String.valueOf(answer.get("answer_id"))))
                .isZero();
        assertThat(out).contains("Refunds of region EMEA", "share_percent", "Confidence high", "opsiq ask");

        assertThat(opsiq("ask", "what is the weather", "--concise")).isZero();
        assertThat(out).contains("I do not know what “weather” means").doesNotContain("Confidence");
        assertThat(opsiq("ask", "and now?", "--context", "ANS-NONE")).isEqualTo(1);
        assertThat(err).contains("There is no answer ANS-NONE");
        assertThat(opsiq("ask", " ")).isEqualTo(1);
        assertThat(opsiq("ask")).isEqualTo(2);
    }

    @Test
    void ask_takes_other_books_whose_cases_it_does_not_know() {
        investigateDemo();
        opsiq("seed", folder.resolve("books").toString());
        String books = folder.resolve("books").toString();

        assertThat(opsiq("ask", "How many invoices are there?", "--data", books))
                .isZero();
        assertThat(out).contains("Number of invoices over all of the books");
        assertThat(opsiq("ask", "How many open cases are there?", "--data", books))
                .isZero();
        assertThat(out).contains("no investigation has run on these books yet");
        assertThat(opsiq("ask", "revenue", "--data", folder.resolve("missing").toString()))
                .isEqualTo(3);
    }

    @Test
    void text_from_books_cannot_draw_on_the_terminal() {
        assertThat(Console.clean("a\u001b[31mred\u0007\u202ereversed\tb\n"))
                .isEqualTo("a\ufffd[31mred\ufffd\ufffdreversed\tb\n");
    }

    @Test
    void seed_refuses_a_folder_that_holds_other_books() throws IOException {
        Path taken = Files.createDirectories(folder.resolve("taken"));
        Files.writeString(taken.resolve("customers.csv"), "customer_id\nmine\n");

        assertThat(opsiq("seed", taken.toString())).isEqualTo(1);

        try (Stream<Path> files = Files.list(taken)) {
            assertThat(files).hasSize(1);
        }
    }

    private int investigateDemo() {
        String books = folder.resolve("demo-books").toString();
        opsiq("seed", books);
        return opsiq("run", "--data", books);
    }

    private int opsiq(String... arguments) {
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(outBytes, true, StandardCharsets.UTF_8),
                new PrintStream(errBytes, true, StandardCharsets.UTF_8),
                false);
        List<String> line = new ArrayList<>(List.of(arguments));
        if (!line.isEmpty() && !line.getFirst().equals("nonsense")) {
            line.addAll(List.of("--state", folder.resolve("state").toString()));
        }
        int code = Main.commandLine(console).execute(line.toArray(String[]::new));
        out = outBytes.toString(StandardCharsets.UTF_8);
        err = errBytes.toString(StandardCharsets.UTF_8);
        return code;
    }

    private int opsiqAnswering(String answer, String... arguments) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)));
        try {
            return opsiq(arguments);
        } finally {
            System.setIn(before);
        }
    }

    private Map<String, Object> json() {
        return Json.read(out, OBJECT);
    }

    @SuppressWarnings("unchecked") // JSON arrays of objects are just that
    private static List<Map<String, Object>> list(Map<String, Object> document, String field) {
        return (List<Map<String, Object>>) java.util.Objects.requireNonNull(document.get(field));
    }

    private static Map<String, Object> of(List<Map<String, Object>> entries, String type) {
        return of(entries, "anomaly_type", type);
    }

    private static Map<String, Object> of(List<Map<String, Object>> entries, String field, String value) {
        return entries.stream()
                .filter(each -> value.equals(each.get(field)))
                .findFirst()
                .orElseThrow();
    }

    @SuppressWarnings("unchecked") // JSON objects are just that
    private static Map<String, Object> entities(List<Map<String, Object>> cases, String type) {
        return (Map<String, Object>)
                java.util.Objects.requireNonNull(of(cases, type).get("affected_entities"));
    }
}
