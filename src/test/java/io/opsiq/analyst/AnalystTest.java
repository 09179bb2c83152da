package io.opsiq.analyst;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsiq.analyst.Answer.Confidence;
import io.opsiq.analyst.Reply.Reason;
import io.opsiq.analyst.Reply.Refused;
import io.opsiq.json.Json;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;

/** The demo books around 2026-11-22; the numbers were added up by hand from their files. */
class AnalystTest {

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    @TempDir
    static Path folder;

    private static AskedBooks demo;

    @BeforeAll
    static void investigateTheDemo() {
        demo = AskedBooks.demo(folder).investigate();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "What is total revenue?|4334.00",
                "revenue last month|2243.00",
                "revenue this month|2091.00",
                "billings|4334.00",
                "collected in October 2026|2243.00",
                "total refunds|1658.00",
                "refunds yesterday|1428.00",
                "How many refunds are there?|11",
                "net revenue|2676.00",
                "billing gap|400.00",
                "how many invoices|16",
                "average invoice|270.88",
                "refund rate|0.382557",
                "MRR|2491.00",
                "active subscriptions|9",
                "active customers|9",
                "churned customers|1",
                "how many customers are there|10",
                "payment failure rate|0",
                "outstanding|0.00",
                "overdue|0.00",
                "refunds of EMEA|1208.00",
                "refunds without manual credits|1158.00",
                "revenue for Acme Corp|998.00",
                "leakage|1050.00",
                "how many cases are open|5"
            })
    void numbers_are_those_of_the_books(String question, BigDecimal expected) {
        Answer answer = demo.ask(question);

        assertThat(answer.confidence()).isEqualTo(Confidence.HIGH);
        assertThat(new BigDecimal(String.valueOf(answer.rows().getFirst().getFirst())))
                .isEqualByComparingTo(expected);
        assertThat(answer.answer()).isNotEqualTo(Inquiry.UNTOLD);
    }

    @Test
    void refunds_by_region() {
        Answer answer = demo.ask("Show me refund data by region");

        assertThat(answer.columns()).containsExactly("region", "currency", "refunds", "share_percent");
        assertThat(demo.rows("Show me refund data by region"))
                .containsExactly("[EMEA, USD, 1208.00, 72.86]", "[NA, USD, 450.00, 27.14]");
        assertThat(answer.answer()).contains("EMEA USD 1,208.00 (72.9 %), NA USD 450.00 (27.1 %)");
        assertThat(answer.chartType()).isEqualTo("bar");
    }

    @Test
    void the_plan_tier_with_the_most_underbilling() {
        assertThat(demo.ask("Which plan tier has the most underbilling?").answer())
                .startsWith("Plan tier pro has the highest billing gap")
                .contains("USD 300.00", "enterprise USD 100.00");
    }

    @Test
    void the_monthly_revenue_trend_says_that_the_month_is_not_over() {
        Answer answer = demo.ask("Show me monthly revenue trend");

        assertThat(demo.rows("Show me monthly revenue trend"))
                .containsExactly("[2026-10-01, USD, 2243.00]", "[2026-11-01, USD, 2091.00]");
        assertThat(answer.answer()).contains("November 2026 is not over: USD 2,091.00 so far");
        assertThat(answer.chartType()).isEqualTo("line");
    }

    @Test
    void a_trend_has_the_days_without_facts_too() {
        assertThat(demo.ask("daily refunds this month").rows()).hasSize(22);
        assertThat(demo.rows("daily refunds this month")).contains("[2026-11-10, USD, 0.00]");
    }

    @Test
    void why_revenue_is_down() {
        Answer answer = demo.ask("Why is revenue down this month?");

        assertThat(answer.answer())
                .startsWith(
                        "Revenue went down by USD 152.00: USD 2,091.00 in November 2026 so far (2026-11-01 to 2026-11-22), against USD 2,243.00 from 2026-10-01 to 2026-10-22.")
                .contains("enterprise contributed -USD 599.00", "all others +USD 447.00", "same days of both")
                .contains("CASE-")
                .doesNotContain("because", "caused");
        assertThat(answer.chartType()).isEqualTo("waterfall");
    }

    @Test
    void a_premise_that_does_not_hold_is_not_taken_for_granted() {
        assertThat(demo.ask("Why is revenue up this month?").answer())
                .startsWith("Revenue did not go up; it went down by USD 152.00");
        assertThat(demo.ask("Why are refunds down this month?").answer())
                .startsWith("Refunds did not go down; it went up by USD 1,498.00");
        assertThat(demo.ask("Is revenue up this month?").answer()).startsWith("No: ");
    }

    @Test
    void top_customers_by_revenue_with_ties() {
        assertThat(demo.ask("Top customers by revenue").answer())
                .startsWith("Customer Acme Corp and Umbrella Ltd share the highest revenue");
        assertThat(demo.ask("top 3 customers by revenue").rows()).hasSize(3);
    }

    @Test
    void open_cases_and_their_leakage() {
        Answer answer = demo.ask("How many open cases are there and what is the leakage?");

        assertThat(answer.answer())
                .startsWith("There are 5 open cases; leakage is USD 1,050.00.")
                .contains("spikes and drops");
        assertThat(answer.sqlUsed()).contains("from cases");
    }

    @Test
    void the_cases_themselves() {
        Answer answer = demo.ask("Show open cases");

        assertThat(answer.columns()).startsWith("case_id", "title", "anomaly_type");
        assertThat(answer.rows()).hasSize(5);
    }

    @Test
    void a_definition_comes_with_the_number() {
        assertThat(demo.ask("What is refund rate?").answer())
                .startsWith("Refund rate is refunds divided by collected payments of the same period.")
                .contains("38.26 %");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "revenue by favourite colour",
                "refunds excluding refunds over 100 made by robots",
                "what is the weather",
                "'; drop table invoices; --",
                "revenue next month",
                "revenue in 2019",
                "mrr last month",
                "mrr trend",
                "refunds by status",
                "revenue by segment",
                "open cases by region",
                "why did leakage change",
                "share of refund rate by region",
                "top 5000 customers by revenue",
                "total"
            })
    void what_the_books_cannot_answer_is_declined_with_what_they_can(String question) {
        Answer answer = demo.ask(question);

        assertThat(answer.confidence()).isEqualTo(Confidence.LOW);
        assertThat(answer.rows()).isEmpty();
        assertThat(answer.columns()).isEmpty();
        assertThat(answer.chartData()).isNull();
        assertThat(answer.sqlUsed()).isEmpty();
        assertThat(answer.followUps()).hasSizeBetween(2, 4);
        assertThat(answer.answer()).contains("I can answer, for instance");
        assertThat(demo.ask("What is total revenue?").rows()).isNotEmpty();
    }

    @Test
    void times_that_are_not_covered_are_said_to_be() {
        assertThat(demo.ask("revenue next month").answer()).contains("after the clock of the books, 2026-11-22");
        assertThat(demo.ask("revenue in 2019").answer()).contains("The books begin on 2026-10-20");
        assertThat(demo.ask("revenue in 2026").answer())
                .contains("is not over")
                .contains("The books begin on 2026-10-20");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "What is total revenue?",
                "refunds by region",
                "monthly revenue trend",
                "Why is revenue down this month?",
                "Top customers by revenue",
                "MRR",
                "usage by feature",
                "refund rate",
                "How many open cases are there?",
                "what share of revenue is EMEA",
                "compare revenue this month with last month",
                "active customers",
                "nonsense"
            })
    void every_question_to_go_on_with_is_one_that_it_answers(String question) {
        List<String> next = demo.ask(question).followUps();

        assertThat(next).hasSizeBetween(2, 4).doesNotHaveDuplicates();
        assertThat(next)
                .allSatisfy(each -> assertThat(demo.ask(each).confidence()).isNotEqualTo(Confidence.LOW));
    }

    @Test
    void a_question_goes_on_from_an_answer_that_was_stored() {
        Answer first = demo.ask("refunds last month");
        Answer second = demo.ask("and by region?", first.answerId());
        Answer third = demo.ask("and this month?", second.answerId());

        assertThat(demo.rows("refunds by region last month"))
                .isEqualTo(second.rows().stream().map(String::valueOf).toList());
        assertThat(third.answer()).contains("by region", "November 2026");
        assertThat(demo.analyst().find(third.answerId())).isPresent();
        assertThat(Json.text(demo.analyst().find(second.answerId()).orElseThrow()))
                .isEqualTo(Json.text(second));
    }

    @Test
    void requests_that_are_none_are_refused_with_their_reason() {
        Analyst analyst = demo.analyst();

        assertThat(analyst.ask(Question.of("  ?! ")))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.EMPTY_QUESTION));
        assertThat(analyst.ask(Question.of("revenue ".repeat(200))))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.QUESTION_TOO_LONG));
        assertThat(analyst.ask(Question.of("and by plan?").after("ANS-NONE")))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.UNKNOWN_CONTEXT));
        assertThat(analyst.find("ANS-NONE")).isEmpty();
    }

    @Test
    void a_concise_answer_is_the_first_sentence() {
        Reply reply = demo.analyst().ask(new Question("Why is revenue down this month?", null, true));

        assertThat(((Reply.Answered) reply).answer().answer())
                .isEqualTo(
                        "Revenue went down by USD 152.00: USD 2,091.00 in November 2026 so far (2026-11-01 to 2026-11-22), against USD 2,243.00 from 2026-10-01 to 2026-10-22.");
    }

    @Test
    void the_document_has_the_fields_of_the_contract() {
        Map<String, Object> document = Json.read(Json.text(demo.ask("refunds by region")), OBJECT);

        assertThat(document)
                .containsOnlyKeys(
                        "answer_id",
                        "question",
                        "answer",
                        "sql_used",
                        "chart_data",
                        "chart_type",
                        "confidence",
                        "follow_ups",
                        "timestamp",
                        "columns",
                        "rows",
                        "worded_by")
                .containsEntry("confidence", "high");
        assertThat(String.valueOf(document.get("answer_id"))).startsWith("ANS-");
        assertThat(Json.text(Objects.requireNonNull(document.get("chart_data"))))
                .startsWith("{\"type\":\"bar\",\"data\":[")
                .contains("\"layout\":{");
    }

    @Test
    void a_chart_has_titles_and_units() {
        Chart chart = Objects.requireNonNull(demo.ask("monthly revenue trend").chartData());

        assertThat(chart.type()).isEqualTo("line");
        assertThat(chart.data())
                .singleElement()
                .satisfies(trace -> assertThat(trace)
                        .containsEntry("type", "scatter")
                        .containsEntry("x", List.of("2026-10-01", "2026-11-01"))
                        .containsEntry("y", List.of(new BigDecimal("2243.00"), new BigDecimal("2091.00"))));
        assertThat(Json.text(chart.layout())).contains("Revenue over all of the books", "revenue in USD", "month");
    }
}
