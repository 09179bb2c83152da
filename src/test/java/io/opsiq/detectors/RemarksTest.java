package io.opsiq.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsiq.books.Books;
import io.opsiq.books.BooksReader;
import io.opsiq.engine.Engine;
import io.opsiq.engine.EngineSettings;
import io.opsiq.sources.SourceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemarksTest {

    private static final String NOT_COLLECTED = "On 1 invoice it is not known what was collected: "
            + "paid in another currency, for which fx_rates has no rate.";

    @TempDir
    Path data;

    @TempDir
    Path work;

    @BeforeEach
    void write_an_invoice_that_was_paid_in_another_currency() throws IOException {
        Files.writeString(data.resolve("invoices.csv"), """
                invoice_id,customer_id,invoice_date,billed_amount,plan_tier_billed,status,currency
                I1,C1,2026-01-01,200.00,pro,paid,USD
                """);
        Files.writeString(data.resolve("payments.csv"), """
                payment_id,invoice_id,customer_id,payment_date,amount,payment_processor,status,currency
                P1,I1,C1,2026-01-03,182.00,stripe,completed,EUR
                """);
    }

    @Test
    void an_invoice_paid_in_a_currency_without_a_rate_is_remarked_on() {
        assertThat(remarks()).contains(NOT_COLLECTED);
    }

    @Test
    void with_a_rate_there_is_nothing_to_remark() throws IOException {
        Files.writeString(data.resolve("fx_rates.csv"), """
                currency,rate_date,rate_to_base
                USD,2026-01-01,1
                EUR,2026-01-01,1.10
                """);

        assertThat(remarks()).doesNotContain(NOT_COLLECTED);
    }

    @Test
    void invoices_that_are_judged_by_the_month_before_their_date_are_counted() throws IOException {
        Files.writeString(data.resolve("subscriptions.csv"), """
                subscription_id,customer_id,plan_tier,start_date,monthly_price,billing_status
                S1,C1,pro,2026-01-28,310.00,active
                """);
        Files.writeString(data.resolve("invoices.csv"), """
                invoice_id,customer_id,invoice_date,billed_amount,plan_tier_billed,status
                I0,C0,2026-01-01,310.00,pro,paid
                I1,C1,2026-02-01,40.00,pro,paid
                I2,C1,2026-02-05,310.00,pro,paid
                """);

        assertThat(remarks())
                .anyMatch(remark ->
                        remark.startsWith("Without a period, and judged by the month before their date: 1 invoice."));
    }

    private List<String> remarks() {
        try (Engine engine = Engine.open(new EngineSettings(work, "500MB", 2))) {
            Books books = new BooksReader(engine, SourceFolder.of(data), null, Clock.systemUTC(), table -> {}).read();
            Detection detection = new Detection(books, Pack.shipped(), Map.of(), name -> {});
            detection.run();
            return detection.remarks();
        }
    }
}
