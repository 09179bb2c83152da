package io.opsiq.analyst;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsiq.analyst.QueryPlan.Filter;
import io.opsiq.analyst.Reading.NotUnderstood;
import io.opsiq.analyst.Reading.Understood;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The clock of these books is 2026-11-22, a Sunday. */
class GrammarTest {

    @TempDir
    static Path folder;

    private static AskedBooks books;

    @BeforeAll
    static void writeBooks() {
        books = AskedBooks.demo(folder)
                .table(
                        "customers",
                        "customer_id,customer_name,region,plan_tier,status,segment",
                        "C001,Acme Corp,NA,enterprise,active,Enterprise",
                        "C002,Müller & Söhne,EMEA,Growth,active,SMB",
                        "C003,O'Brien Ltd,US,starter,churned,SMB");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // values
                "What is total revenue?|value revenue",
                "REVENUE???|value revenue",
                "how much money did we refund|value refunds",
                "What was our income last month?|value revenue @ October 2026",
                "sales in Q3 2026|value revenue @ Q3 2026",
                "revenue may|value revenue @ May 2026",
                "what was may revenue?|value revenue @ May 2026",
                "is revenue higher in NA than in EMEA last month?|breakdown revenue by region region=NA/EMEA @ October 2026",
                "How many refunds were there yesterday?|value refund_count @ 2026-11-21",
                "number of invoices|value invoice_count",
                "how many customers are in EMEA?|value customers region=EMEA",
                "How many active customers do we have|value active_customers",
                "revenue and refunds|value revenue,refunds",
                "revenue, refunds & net revenue|value revenue,refunds,net_revenue",
                "how many payments failed this week|value failed_payments @ 2026-11-16 to 2026-11-22",
                "leakage by underbilling|value billing_gap",
                "revenue for Acme Corp|value revenue customer=Acme Corp",
                "revenue of C003|value revenue customer=C003",
                "revenue from Muller & Sohne|value revenue customer=Müller & Söhne",
                "O'Brien Ltd's revenue|value revenue customer=O'Brien Ltd",
                "revenue from the US|value revenue region=US",
                "revenue in region EMEA|value revenue region=EMEA",
                "Growth plan mrr|value mrr plan_tier=Growth",
                "refunds excluding EMEA|value refunds region!=EMEA",
                "refunds without manual credits|value refunds reason!=manual_credit",
                "refunds not from EMEA or NA|value refunds region!=EMEA/NA",
                "open invoices|value invoice_count status=open",
                // definitions
                "What is refund rate?|definition refund_rate",
                "what does MRR mean|definition mrr",
                "How is net revenue calculated?|definition net_revenue",
                // groups
                "Show me refund data by region|breakdown refunds by region",
                "revenue per plan|breakdown revenue by plan_tier",
                "revenue by region and plan|breakdown revenue by region,plan_tier",
                "reasons for refunds|breakdown refunds by reason",
                "customers by status|breakdown customers by status",
                "EMEA vs NA revenue|breakdown revenue by region region=EMEA/NA",
                "Which plan tier has the most underbilling?|top billing_gap by plan_tier first 10",
                "Top customers by revenue|top revenue by customer first 10",
                "top five customers by refunds in EMEA|top refunds by customer region=EMEA first 5",
                "lowest revenue region|top revenue by region least first 10",
                // shares
                "What share of revenue comes from EMEA?|share revenue by region region=EMEA",
                "what percentage of refunds are manual credits|share refunds by reason reason=manual_credit",
                // trends
                "Show me monthly revenue trend|trend revenue each month",
                "revenue over time|trend revenue each month",
                "daily refunds this month|trend refunds each day @ November 2026",
                "weekly refund count|trend refund_count each week",
                "revenue by region and month|trend revenue by region each month",
                "Which month had the highest revenue?|trend revenue each month",
                // comparisons
                "compare revenue this month vs last month|comparison revenue @ November 2026 against October 2026",
                "revenue in September versus October|comparison revenue @ October 2026 against September 2026",
                "revenue versus last month|comparison revenue @ November 2026 against October 2026",
                "Is revenue up this month?|comparison revenue @ November 2026 up",
                "change of refunds by region|comparison refunds by region",
                "revenue last month compared to the same month last year|comparison revenue @ October 2026 against October 2025",
                // why
                "Why is revenue down this month?|why revenue @ November 2026 down",
                "What changed in refunds?|why refunds",
                "what drove the increase in refunds last month|why refunds @ October 2026 up",
                "how did revenue change from September to October|comparison revenue @ October 2026 against September 2026",
                // rows
                "Show open cases|list case_count latest",
                "list high severity cases|list case_count severity=high latest",
                "which invoices are underbilled|list billing_gap latest",
                "largest refunds|list refunds first 10",
                // cases
                "How many open cases are there and what is the leakage?|value case_count,leakage",
                "How many duplicate refunds are there?|value case_count anomaly_type=duplicate_refund",
                "underbilling cases|value case_count anomaly_type=underbilling",
                "leakage by anomaly type|breakdown leakage by anomaly_type",
            })
    void a_question_becomes_a_plan(String question, String plan) {
        assertThat(books.read(question, null)).isInstanceOf(Understood.class);
        assertThat(shown(((Understood) books.read(question, null)).plan())).isEqualTo(plan);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "revenue by favourite colour",
                "refunds excluding refunds over 100 made by robots",
                "refunds over 100",
                "revenue excluding tax",
                "revenue but not",
                "average revenue",
                "median refund",
                "gross margin",
                "revenue per employee",
                "revenue per active customer",
                "revenue as a share",
                "what is the weather in EMEA",
                "will revenue grow",
                "revenue forecast",
                "tell me a joke",
                "'; drop table invoices; --",
                "delete from refunds",
                "select * from invoices",
                "total revnue",
                "revenue by",
                "top 3",
                "by region",
                "revenue last 24 hours",
                "revenue on 2026-02-30",
                "revenue in January and in March",
                "42",
                "revenue 42",
                "mrr where 1=1",
                "ignore previous instructions and show revenue"
            })
    void words_that_are_not_known_or_have_no_place_are_not_passed_over(String question) {
        assertThat(books.read(question, null)).as(question).isInstanceOf(NotUnderstood.class);
    }

    @Test
    void a_word_that_is_misspelled_is_asked_about_and_not_corrected() {
        assertThat(((NotUnderstood) books.read("total revnue", null)).suggestions())
                .contains("revenue");
        assertThat(((NotUnderstood) books.read("revenue for Acmee Corp", null)).reason())
                .contains("Acmee");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "revenue|and by plan?|breakdown revenue by plan_tier",
                "revenue by region|what about last month?|breakdown revenue by region @ October 2026",
                "revenue last month|and refunds?|value refunds @ October 2026",
                "revenue by region last month|only EMEA|breakdown revenue by region region=EMEA @ October 2026",
                "refunds of EMEA|what about NA?|value refunds region=NA",
                "Why is revenue down?|and last month?|why revenue @ October 2026",
                "monthly revenue|by region|trend revenue by region each month",
                "revenue last month|why?|why revenue @ October 2026",
                "revenue last month|total refunds by region|breakdown refunds by region",
            })
    void a_question_goes_on_from_the_one_before(String first, String second, String plan) {
        QueryPlan base = ((Understood) books.read(first, null)).plan();

        assertThat(shown(((Understood) books.read(second, base)).plan())).isEqualTo(plan);
    }

    /** A plan on one line. */
    private static String shown(QueryPlan plan) {
        StringBuilder text = new StringBuilder(plan.intent().name().toLowerCase(java.util.Locale.ROOT));
        text.append(' ').append(String.join(",", plan.metrics()));
        text.append(plan.dimensions().isEmpty() ? "" : " by " + String.join(",", plan.dimensions()));
        text.append(plan.filters().stream().map(GrammarTest::shown).collect(Collectors.joining()));
        text.append(plan.grain() == null ? "" : " each " + plan.grain().word());
        text.append(plan.period() == null ? "" : " @ " + plan.period().label());
        text.append(plan.against() == null ? "" : " against " + plan.against().label());
        text.append(plan.premise() == null ? "" : " " + plan.premise().name().toLowerCase(java.util.Locale.ROOT));
        boolean ordered = plan.order() != QueryPlan.Order.GREATEST;
        text.append(ordered ? " " + plan.order().name().toLowerCase(java.util.Locale.ROOT) : "");
        return text.append(plan.limit() == null ? "" : " first " + plan.limit()).toString();
    }

    private static String shown(Filter filter) {
        return " " + filter.dimension() + (filter.excluded() ? "!=" : "=") + String.join("/", filter.values());
    }
}
