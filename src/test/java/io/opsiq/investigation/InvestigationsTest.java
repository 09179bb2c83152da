package io.opsiq.investigation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsiq.books.BooksException;
import io.opsiq.cases.Case;
import io.opsiq.cases.CaseEvent;
import io.opsiq.cases.CaseQuery;
import io.opsiq.cases.CaseStatus;
import io.opsiq.cases.Cases;
import io.opsiq.engine.EngineSettings;
import io.opsiq.sentiment.Sentiment;
import io.opsiq.state.RunLock;
import io.opsiq.state.State;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InvestigationsTest {

    private static final Clock WALL = Clock.fixed(Instant.parse("2026-03-10T12:00:00Z"), ZoneOffset.UTC);
    private static final String INVOICES = """
            invoice_id,customer_id,invoice_date,billed_amount,expected_amount,plan_tier_billed,status
            I1,C1,2026-02-01,99.00,199.00,pro,paid
            I2,C2,2026-02-01,199.00,499.00,pro,paid
            I3,C1,2026-01-01,199.00,199.00,pro,paid
            """;

    @TempDir
    Path data;

    @TempDir
    Path folder;

    private State state;
    private Cases cases;
    private RunParts parts;
    private Investigations investigations;

    @BeforeEach
    void open() throws IOException {
        state = State.open(folder);
        cases = new Cases(state, WALL, new Sentiment());
        parts = RunPartsForTests.of(state, cases, WALL);
        investigations = new Investigations(state, parts, new EngineSettings(folder.resolve("work"), "500MB", 2), WALL);
        write(
                "customers",
                "customer_id,customer_name,region,plan_tier,status\nC1,One,EMEA,pro,active\nC2,Two,NA,enterprise,active\n");
        write("subscriptions", """
                subscription_id,customer_id,plan_tier,start_date,monthly_price,billing_status
                S1,C1,pro,2025-01-01,199.00,active
                S2,C2,enterprise,2025-01-01,499.00,active
                """);
        write("invoices", INVOICES);
    }

    @Test
    void money_is_counted_once_by_the_more_specific_type() {
        RunResult result = run();

        assertThat(all()).extracting(Case::anomalyType).containsExactly("tier_mismatch", "underbilling");
        assertThat(all().getFirst().affectedEntities()).containsEntry("invoice_id", "I2");
        assertThat(all().getFirst().evidence()).anyMatch(sentence -> sentence.contains("Also found as “Underbilling”"));
        assertThat(result.summary().netImpact()).isEqualByComparingTo("400.00");
        assertThat(result.summary().byCurrency())
                .containsOnlyKeys("USD")
                .hasValueSatisfying(new Condition<>(
                        impact -> impact.lost().compareTo(new BigDecimal("400.00")) == 0, "400.00 lost"));
    }

    @Test
    void a_case_keeps_its_id_from_run_to_run_resolves_when_its_fact_is_gone_and_comes_back_as_itself()
            throws IOException {
        run();
        List<String> ids = all().stream().map(Case::caseId).toList();
        run();
        assertThat(all()).extracting(Case::caseId).isEqualTo(ids);

        write("invoices", INVOICES.replace("I1,C1,2026-02-01,99.00", "I1,C1,2026-02-01,199.00"));
        run();
        Case resolved = cases.find(ids.getLast()).orElseThrow();
        assertThat(resolved.status()).isEqualTo(CaseStatus.RESOLVED);
        assertThat(resolved.statusReason()).contains("no longer show its fact");

        write("invoices", INVOICES);
        run();
        assertThat(cases.find(ids.getLast()).orElseThrow().status()).isEqualTo(CaseStatus.OPEN);
        assertThat(cases.events(ids.getLast()))
                .extracting(CaseEvent::kind)
                .containsExactly("opened", "resolved", "reopened");
    }

    @Test
    void a_verdict_that_comes_while_cases_are_made_ready_waits_for_nobody_and_stands() {
        run();
        String judged = all().getFirst().caseId();
        List<String> steps = new ArrayList<>();

        investigations.run(RunRequest.of(data, null, null), what -> {
            if (what.equals("open cases")) {
                state.change(context ->
                        cases.judge(context, judged, CaseStatus.REJECTED, "Said meanwhile.", "Said meanwhile."));
                steps.add(what);
            }
        });

        assertThat(steps).hasSize(1);
        assertThat(cases.find(judged).orElseThrow().status()).isEqualTo(CaseStatus.REJECTED);
        assertThat(cases.events(judged)).extracting(CaseEvent::kind).containsExactly("opened", "judged");
    }

    @Test
    void a_case_whose_money_a_more_specific_one_counts_now_says_which() throws IOException {
        write(
                "subscriptions",
                "subscription_id,customer_id,plan_tier,start_date,monthly_price,billing_status\nS1,C1,pro,2025-01-01,199.00,active\n");
        run();
        assertThat(all()).extracting(Case::anomalyType).containsExactly("underbilling", "underbilling");
        String id = all().getFirst().caseId();

        write(
                "subscriptions",
                "subscription_id,customer_id,plan_tier,start_date,monthly_price,billing_status\nS2,C2,enterprise,2025-01-01,499.00,active\n");
        run();

        assertThat(cases.find(id).orElseThrow().statusReason())
                .isEqualTo("Its money is counted by a more specific case now: “Tier mismatch”.");
    }

    @Test
    void an_amount_that_changes_leaves_the_case_what_it_is() throws IOException {
        run();
        String id = all().getLast().caseId();

        write("invoices", INVOICES.replace("I1,C1,2026-02-01,99.00", "I1,C1,2026-02-01,149.00"));
        run();

        assertThat(cases.find(id).orElseThrow().grossImpact()).isEqualByComparingTo(new BigDecimal("50.00"));
    }

    @Test
    void a_detector_that_cannot_run_is_named_and_its_cases_stay_as_they_are() throws IOException {
        run();
        Files.delete(data.resolve("subscriptions.csv"));

        RunResult result = run();

        assertThat(result.skipped()).anySatisfy(skip -> {
            assertThat(skip.detector()).isEqualTo("tier_mismatch");
            assertThat(skip.reason()).isEqualTo("there is no table subscriptions");
        });
        assertThat(all())
                .filteredOn(each -> each.anomalyType().equals("tier_mismatch"))
                .extracting(Case::status)
                .containsOnly(CaseStatus.OPEN);
    }

    @Test
    void a_file_that_cannot_be_read_resolves_nothing_that_it_may_hold() throws IOException {
        Files.createDirectories(data.resolve("invoices"));
        Files.delete(data.resolve("invoices.csv"));
        Files.writeString(data.resolve("invoices/a.csv"), INVOICES.replaceAll("(?m)^I2.*\\n", ""));
        Files.writeString(data.resolve("invoices/b.csv"), INVOICES.replaceAll("(?m)^I[13].*\\n", ""));
        run();
        assertThat(all()).hasSize(2);

        Files.write(data.resolve("invoices/b.csv"), new byte[] {(byte) 0xff, (byte) 0xfe, 'x', 0});
        RunResult result = run();

        assertThat(result.remarks()).anyMatch(remark -> remark.contains("UTF-16"));
        assertThat(all()).hasSize(2).extracting(Case::status).containsOnly(CaseStatus.OPEN);
    }

    @Test
    void a_run_told_to_stop_while_it_waits_for_another_does_not_begin() {
        RunLock held = RunLock.tryTake(state).orElseThrow();

        assertThatThrownBy(() -> investigations.run(RunRequest.of(data, null, null), what -> investigations.cancel()))
                .isInstanceOf(RunFailure.class);

        held.close();
        assertThat(statuses()).isEmpty();
    }

    @Test
    void a_run_on_other_books_than_the_last_says_so(@TempDir Path other) throws IOException {
        run();
        Files.writeString(other.resolve("refunds.csv"), "refund_id\nR1\n");
        List<String> told = new ArrayList<>();

        investigations.run(RunRequest.of(other, null, null), told::add);

        assertThat(told).anyMatch(line -> line.startsWith("The last run on this state was on " + data));
    }

    @Test
    void a_run_on_no_books_fails_and_leaves_the_cases_of_the_run_before() {
        run();

        assertThatThrownBy(() -> investigations.run(RunRequest.of(folder.resolve("work"), null, null), what -> {}))
                .isInstanceOf(BooksException.class);

        assertThat(all()).hasSize(2).extracting(Case::status).containsOnly(CaseStatus.OPEN);
        assertThat(statuses()).containsExactlyInAnyOrder("completed", "failed");
    }

    @Test
    void a_run_whose_process_is_gone_is_marked_as_broken_off() {
        state.change(
                context -> context.execute(
                        "insert into runs (run_id, status, started_at, request) values ('RUN-X', 'running', '2026-01-01T00:00:00Z', '{}')"));

        investigations.recover();

        assertThat(statuses()).containsExactly("broken_off");
    }

    @Test
    void a_cancelled_run_says_so_and_stores_nothing() {
        assertThatThrownBy(() -> investigations.run(RunRequest.of(data, null, null), what -> {
                    if (what.equals("reading invoices")) {
                        investigations.cancel();
                    }
                }))
                .isInstanceOf(RunFailure.class)
                .hasMessageContaining("cancelled");

        assertThat(statuses()).containsExactly("cancelled");
        assertThat(all()).isEmpty();
    }

    @Test
    void pages_follow_each_other_without_gap_or_repetition() {
        run();
        var first = cases.list(CaseQuery.all().page(1, null));
        var second = cases.list(CaseQuery.all().page(1, first.nextCursor()));

        assertThat(first.count()).isEqualTo(2);
        assertThat(second.nextCursor()).isNull();
        assertThat(List.of(first.cases().getFirst(), second.cases().getFirst())).isEqualTo(all());
        assertThatThrownBy(() -> cases.list(CaseQuery.all().page(1, "nonsense")))
                .hasMessageContaining("cursor");
    }

    private RunResult run() {
        return investigations.run(RunRequest.of(data, null, null), what -> {});
    }

    private List<Case> all() {
        return cases.list(CaseQuery.all()).cases();
    }

    private List<String> statuses() {
        return state.read(context -> context.fetch("select status from runs").getValues(0, String.class));
    }

    private void write(String table, String csv) throws IOException {
        Files.writeString(data.resolve(table + ".csv"), csv);
    }
}
