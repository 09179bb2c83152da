package io.opsiq.analyst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsiq.analyst.Meaning.MetricNamed;
import io.opsiq.packaged.Packaged;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelFileTest {

    @ParameterizedTest
    @CsvSource({
        "revenue,revenue",
        "billed revenue,revenue",
        "income,revenue",
        "sales,revenue",
        "turnover,revenue",
        "billings,billings",
        "invoiced amount,billings",
        "collected,collected",
        "cash collected,collected",
        "payments received,collected",
        "refunds,refunds",
        "refund amount,refunds",
        "refunded,refunds",
        "refund count,refund_count",
        "number of refunds,refund_count",
        "refund rate,refund_rate",
        "net revenue,net_revenue",
        "revenue after refunds,net_revenue",
        "billing gap,billing_gap",
        "underbilling,billing_gap",
        "leakage by underbilling,billing_gap",
        "revenue gap,billing_gap",
        "invoice count,invoice_count",
        "number of invoices,invoice_count",
        "average invoice,average_invoice",
        "average invoice amount,average_invoice",
        "ARPI,average_invoice",
        "outstanding,outstanding",
        "open receivables,outstanding",
        "unpaid,outstanding",
        "overdue,overdue",
        "past due,overdue",
        "payment failure rate,payment_failure_rate",
        "decline rate,payment_failure_rate",
        "active subscriptions,active_subscriptions",
        "live subscriptions,active_subscriptions",
        "mrr,mrr",
        "monthly recurring revenue,mrr",
        "active customers,active_customers",
        "churned customers,churned_customers",
        "usage,usage",
        "usage units,usage",
        "consumption,usage",
        "case count,case_count",
        "anomalies,case_count",
        "cases,case_count",
        "issues,case_count",
        "leakage,leakage",
        "money at risk,leakage",
        "leak,leakage"
    })
    void every_word_for_a_number_means_it(String words, String metric) {
        assertThat(Lexicon.shipped().meanings(Words.stems(words))).contains(new MetricNamed(metric));
    }

    @Test
    void a_model_of_another_version_is_refused() {
        String text = Packaged.text(Packaged.folder("analyst").resolve("model.yaml"));

        assertThatThrownBy(() -> ModelFile.parse(text.replace("version: \"0.1.1\"", "version: \"9\"")))
                .hasMessageContaining("version 9");
        assertThatThrownBy(() -> ModelFile.parse(text.replace("primary_key", "primary_keys")))
                .hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> ModelFile.parse(text.replace("\"value\": \"billed\"", "\"value\": \"nothing\"")))
                .hasMessageContaining("nothing");
    }

    @Test
    void no_two_numbers_share_a_name() {
        SemanticModel model = SemanticModel.shipped();
        model.metrics().stream().filter(metric -> !metric.hidden()).forEach(metric -> {
            long meant = Lexicon.shipped().meanings(Words.stems(metric.label())).stream()
                    .filter(MetricNamed.class::isInstance)
                    .count();
            assertThat(meant).as(metric.label()).isEqualTo(1);
        });
    }
}
