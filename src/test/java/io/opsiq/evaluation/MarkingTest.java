package io.opsiq.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.opsiq.engine.Engine;
import io.opsiq.engine.EngineSettings;
import io.opsiq.evaluation.Marks.FalseAlarm;
import io.opsiq.evaluation.Marks.Missed;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkingTest {

    @TempDir
    Path folder;

    private Engine engine;

    @BeforeEach
    void open() {
        engine = Engine.open(new EngineSettings(folder, "300MB", 1));
        Marking.createTables(engine);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void a_case_that_is_missing_one_that_is_false_and_one_that_is_there_twice_are_counted_as_such() {
        fact("underbilling", "{\"invoice_id\":\"I1\"}", "100.00");
        fact("underbilling", "{\"invoice_id\":\"I2\"}", "50.00");
        fact("underbilling", "{\"invoice_id\":\"I3\"}", "25.00");
        lookAlike("a credit line", "underbilling", "{\"invoice_id\":\"I9\"}");
        aCase("CASE-1", "underbilling", "{\"invoice_id\":\"I1\",\"customer_id\":\"C1\"}", "90.00");
        aCase("CASE-2", "underbilling", "{\"invoice_id\":\"I2\"}", "50.00");
        aCase("CASE-3", "underbilling", "{\"invoice_id\":\"I2\"}", "50.00");
        aCase("CASE-4", "underbilling", "{\"invoice_id\":\"I9\"}", "7.00");

        Marks marks = Marking.marks(engine, "RUN-1", 10);

        Marks.Type type = marks.types().getFirst();
        assertThat(type.planted()).isEqualTo(3);
        assertThat(type.found()).isEqualTo(2);
        assertThat(type.falseAlarms()).isEqualTo(2);
        assertThat(type.precision()).isEqualByComparingTo("0.5");
        assertThat(type.recall()).isEqualByComparingTo("0.6667");
        assertThat(type.f1()).isEqualByComparingTo("0.5714");
        assertThat(type.plantedMoney()).isEqualByComparingTo("175");
        assertThat(type.foundMoney()).isEqualByComparingTo("150");
        assertThat(type.toldMoney()).isEqualByComparingTo("140");
        assertThat(marks.countedTwice()).isEqualByComparingTo("50");
        assertThat(marks.missed()).extracting(Missed::entity).containsExactly("{\"invoice_id\":\"I3\"}");
        assertThat(marks.falseAlarms())
                .extracting(FalseAlarm::caseId, FalseAlarm::situation)
                .containsExactly(tuple("CASE-3", "the same fact once more"), tuple("CASE-4", "a credit line"));
    }

    @Test
    void a_fact_told_as_another_type_is_missed_and_false_and_says_so() {
        fact("tier_mismatch", "{\"invoice_id\":\"I1\"}", "100.00");
        aCase("CASE-1", "underbilling", "{\"invoice_id\":\"I1\"}", "100.00");

        Marks marks = Marking.marks(engine, "RUN-1", 10);

        assertThat(marks.overall().found()).isZero();
        assertThat(marks.overall().precision()).isEqualByComparingTo("0");
        assertThat(marks.missed()).extracting(Missed::toldAs).containsExactly("underbilling");
        assertThat(marks.countedTwice()).isEqualByComparingTo("0");
    }

    @Test
    void money_is_counted_twice_when_a_second_type_of_the_family_tells_the_same_record() {
        fact("tier_mismatch", "{\"invoice_id\":\"I1\"}", "100.00");
        fact("short_payment", "{\"invoice_id\":\"I1\"}", "30.00");
        aCase("CASE-1", "tier_mismatch", "{\"invoice_id\":\"I1\"}", "100.00");
        aCase("CASE-2", "underbilling", "{\"invoice_id\":\"I1\"}", "80.00");
        aCase("CASE-3", "short_payment", "{\"invoice_id\":\"I1\"}", "30.00");

        Marks marks = Marking.marks(engine, "RUN-1", 10);

        assertThat(marks.overall().found()).isEqualTo(2);
        assertThat(marks.countedTwice()).isEqualByComparingTo("80");
    }

    @Test
    void every_field_that_must_be_named_has_to_agree_and_lists_have_no_order() {
        fact("duplicate_refund", "{\"refund_ids\":[\"R1\",\"R2\"],\"customer_id\":\"C1\"}", "10.00");
        fact("missing_invoice", "{\"subscription_id\":\"S1\",\"period\":\"2026-01\"}", "10.00");
        fact("missing_invoice", "{\"subscription_id\":\"S2\",\"period\":\"2026-01\"}", "10.00");
        fact("revenue_drop", "{\"dimension\":\"region\",\"value\":\"NA\",\"date\":\"2026-01\"}", "10.00");
        aCase("CASE-1", "duplicate_refund", "{\"refund_ids\":[\"R2\",\"R1\"],\"customer_id\":\"C1\"}", "10.00");
        aCase("CASE-2", "missing_invoice", "{\"subscription_id\":\"S1\",\"period\":\"2026-02\"}", "10.00");
        aCase("CASE-3", "missing_invoice", "{\"subscription_id\":\"S2\",\"period\":\"2026-01\"}", "10.00");
        aCase("CASE-4", "revenue_drop", "{\"dimension\":\"region\",\"value\":\"NA\",\"date\":\"2026-01-01\"}", "10.00");
        aCase(
                "CASE-5",
                "revenue_drop",
                "{\"dimension\":\"plan_tier\",\"value\":\"NA\",\"date\":\"2026-01-01\"}",
                "10.00");

        Marks marks = Marking.marks(engine, "RUN-1", 10);

        assertThat(marks.overall().found()).isEqualTo(3);
        assertThat(marks.falseAlarms()).extracting(FalseAlarm::caseId).containsExactly("CASE-2", "CASE-5");
        assertThat(marks.overall().foundMoney()).as("without spikes and drops").isEqualByComparingTo("20");
    }

    @Test
    void what_follows_from_what_was_planted_may_be_found_or_not() {
        engine.run(
                "insert into facts values (1, 'revenue_drop', ?::json, 10, 'USD', 10, 'follows', '')",
                "{\"dimension\":\"plan_tier\",\"value\":\"pro\",\"date\":\"2026-01\"}");
        engine.run(
                "insert into facts values (2, 'revenue_drop', ?::json, 10, 'USD', 10, 'follows', '')",
                "{\"dimension\":\"plan_tier\",\"value\":\"pro\",\"date\":\"2026-02\"}");
        aCase(
                "CASE-1",
                "revenue_drop",
                "{\"dimension\":\"plan_tier\",\"value\":\"pro\",\"date\":\"2026-01\"}",
                "10.00");

        Marks marks = Marking.marks(engine, "RUN-1", 10);

        assertThat(marks.overall().planted()).isZero();
        assertThat(marks.falseCount()).isZero();
        assertThat(marks.missedCount()).isZero();
        assertThat(marks.overall().precision()).isNull();
    }

    @Test
    void lists_are_cut_but_counted_whole() {
        for (int i = 0; i < 5; i++) {
            fact("underbilling", "{\"invoice_id\":\"I" + i + "\"}", "1.00");
        }

        Marks marks = Marking.marks(engine, "RUN-1", 2);

        assertThat(marks.missedCount()).isEqualTo(5);
        assertThat(marks.missed()).hasSize(2);
    }

    @Test
    void a_folder_without_the_truth_is_refused() {
        assertThatThrownBy(() -> Truth.in(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("There is no truth in " + folder)
                .hasMessageContaining("Maybe");
    }

    private void fact(String type, String entity, String amount) {
        BigDecimal money = new BigDecimal(amount);
        engine.run(
                "insert into facts select count(*), ?, ?::json, ?, 'USD', ?, 'planted', 'by hand' from facts",
                type,
                entity,
                money,
                money);
    }

    private void lookAlike(String situation, String type, String entity) {
        engine.run("insert into look_alikes values (1, ?, ?, ?::json)", situation, type, entity);
    }

    private void aCase(String id, String type, String entity, String gross) {
        engine.run(
                "insert into cases values (?, ?, ?::json, ?, 'USD', true, 'a title')",
                id,
                type,
                entity,
                new BigDecimal(gross));
    }
}
