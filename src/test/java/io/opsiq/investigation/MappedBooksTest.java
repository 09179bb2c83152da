package io.opsiq.investigation;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsiq.books.Books;
import io.opsiq.books.BooksReader;
import io.opsiq.engine.Engine;
import io.opsiq.engine.EngineSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mappings that come with the project, on the samples beside them. */
class MappedBooksTest {

    @TempDir
    Path work;

    @Test
    void a_stripe_export_becomes_books_with_amounts_in_major_units() {
        read("samples/stripe", "stripe", books -> {
            assertThat(books.tables())
                    .extracting(table -> table.name() + " " + table.rows())
                    .containsExactly(
                            "customers 8",
                            "subscriptions 10",
                            "invoices 17",
                            "payments 17",
                            "refunds 5",
                            "invoice_lines 26",
                            "disputes 5");
            assertThat(books.currencies()).containsExactly("EUR", "GBP", "JPY", "KWD", "USD");
            assertThat(
                            texts(
                                    books,
                                    "select billed_amount || ' ' || currency from invoices where currency in ('JPY', 'KWD') order by 1"))
                    .isNotEmpty()
                    .allMatch(text -> text.matches("\\d+\\.000\\d? JPY|\\d+\\.0000 JPY|\\d+\\.\\d{3}0 KWD"));
            assertThat(texts(books, "select distinct status from payments order by 1"))
                    .containsExactly("completed", "failed", "pending");
            assertThat(texts(books, "select distinct status from invoices order by 1"))
                    .contains("paid", "void")
                    .doesNotContain("draft");
        });
    }

    @Test
    void what_a_mapping_cannot_read_is_set_aside_and_shown_as_it_stood() {
        read("samples/stripe", "stripe", books -> {
            List<String> bad = new ArrayList<>();
            books.forEachBadRow(row -> bad.add(row.file() + " " + row.column() + " " + row.value()));
            assertThat(bad)
                    .containsExactlyInAnyOrder(
                            "stripe/customers.sql created_at last tuesday",
                            "stripe/subscriptions.sql monthly_price no price price_withdrawn",
                            "stripe/invoices.sql billed_amount minor units: twelve",
                            "stripe/payments.sql payment_date the day before",
                            "stripe/refunds.sql amount minor units: 4,80",
                            "stripe/invoice_lines.sql amount minor units: twelve");
        });
    }

    @Test
    void a_retailers_line_items_become_invoices_and_its_cancellations_refunds() {
        read("samples/retailer", "docs/mappings/retailer", books -> {
            assertThat(books.currencies()).containsExactly("GBP");
            assertThat(texts(books, "select count(*) from refunds where amount > 0 and reason = 'cancellation'"))
                    .containsExactly("4");
            assertThat(texts(books, """
                            select count(*)
                            from invoices join (select invoice_id, sum(amount) as lines from invoice_lines group by invoice_id)
                                using (invoice_id)
                            where billed_amount <> lines
                            """)).containsExactly("0");
            assertThat(books.missing(java.util.Map.of("invoices", List.of("expected_amount"))))
                    .contains("the table invoices has no column expected_amount");
        });
    }

    @Test
    void a_raw_row_that_cannot_be_split_is_reported_with_its_own_file_and_line(
            @TempDir Path data, @TempDir Path mapping) throws IOException {
        Files.writeString(data.resolve("credits.csv"), "id,amount\n1,5\n2\n3,7\n");
        Files.writeString(mapping.resolve("refunds.sql"), "select id as refund_id, amount from credits");

        read(data.toString(), mapping.toString(), books -> {
            List<String> bad = new ArrayList<>();
            books.forEachBadRow(row -> bad.add(row.table() + " " + row.file() + ":" + row.line() + " " + row.reason()));
            assertThat(bad).containsExactly("credits credits.csv:3 the header has 2 fields, the row 1");
            assertThat(texts(books, "select refund_id from refunds order by 1")).containsExactly("1", "3");
        });
    }

    private void read(String data, String mapping, Consumer<Books> then) {
        try (Engine engine = Engine.open(new EngineSettings(work, "500MB", 2))) {
            RunRequest request = RunRequest.of(Path.of(data), mapping, null);
            then.accept(new BooksReader(engine, Investigations.source(request), null, Clock.systemUTC(), table -> {})
                    .read());
        }
    }

    private static List<String> texts(Books books, String sql) {
        return books.engine().list(sql, row -> row.getString(1));
    }
}
