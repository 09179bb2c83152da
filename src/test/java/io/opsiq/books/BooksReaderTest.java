package io.opsiq.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsiq.engine.Engine;
import io.opsiq.engine.EngineSettings;
import io.opsiq.sources.SourceFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BooksReaderTest {

    private static final Clock WALL = Clock.fixed(Instant.parse("2026-03-10T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    @TempDir
    Path work;

    private final List<Engine> opened = new ArrayList<>();

    @AfterEach
    void closeEngines() {
        opened.forEach(Engine::close);
    }

    @Test
    void every_kind_of_bad_row_is_reported_with_its_line_and_nothing_else_is_lost() throws IOException {
        csv(
                "customers.csv",
                "customer_id,customer_name,region,plan_tier,status",
                "C1,One,EMEA,pro,active",
                "C2,Two,NA,pro,Active");
        csv(
                "invoices.csv",
                "\ufeffInvoice_ID , customer_id,invoice_date,billed_amount,expected_amount,plan_tier_billed,status,colour",
                "I1,C1,2026-02-01,10.00,,pro,PAID,red",
                "I2,C1,\"2026-02-02\",20.00,20,pro,\"paid\",\"a\nb\"",
                "",
                "I3,C1,2026-02-30,20.00,20,pro,paid,x",
                "I4,C1,2026-02-03,twenty,20,pro,paid,x",
                ",C1,2026-02-03,5,5,pro,paid,x",
                "I2,C1,2026-02-03,5,5,pro,paid,x",
                "I5,C9,2026-02-03,5,5,pro,paid,x",
                "I6,C1,2026-03-12,5,5,pro,paid,x",
                "I7,C1,2026-03-11,5,5,pro,paid",
                "I8,C1,2026-03-11,5,5,pro,paid,x,y",
                "I9,C1,2026-03-11,,5,pro,paid,x",
                "I10,C1,2026-03-11,5,5,\"pro,paid,x",
                "I11,C2,2026-03-11T23:30:00-02:00,5,5,pro,paid,x",
                "I12,C1,2026-02-03T10:00:00+02:00,5.12345,5,pro,paid,x");

        Books books = read();

        assertThat(texts(books, "select invoice_id from invoices order by 1")).containsExactly("I1", "I12", "I2");
        assertThat(texts(books, "select invoice_date::varchar from invoices where invoice_id = 'I12'"))
                .containsExactly("2026-02-03 08:00:00");
        assertThat(texts(books, "select status from invoices where invoice_id = 'I1'"))
                .containsExactly("paid");
        assertThat(badRows(books))
                .containsExactlyInAnyOrder(
                        "invoices.csv:6 invoice_date=2026-02-30 unreadable date",
                        "invoices.csv:7 billed_amount=twenty unreadable amount",
                        "invoices.csv:8 invoice_id=null empty id",
                        "invoices.csv:9 invoice_id=I2 this id was already there; the first row stands",
                        "invoices.csv:10 customer_id=C9 unknown customer",
                        "invoices.csv:11 invoice_date=2026-03-12 dated after tomorrow (2026-03-11)",
                        "invoices.csv:12 null=I7,C1,2026-03-11,5,5,pro,paid the header has 8 fields, the row 7",
                        "invoices.csv:13 null=I8,C1,2026-03-11,5,5,pro,paid,x,y the header has 8 fields, the row 9",
                        "invoices.csv:14 billed_amount=null empty amount",
                        "invoices.csv:15 null=I10,C1,2026-03-11,5,5,\"pro,paid,x a quote is opened and not closed before the field ends",
                        "invoices.csv:16 invoice_date=2026-03-11T23:30:00-02:00 dated after tomorrow (2026-03-11)");
        TableReport report = books.table("invoices").orElseThrow();
        assertThat(report.rows()).isEqualTo(3);
        assertThat(report.badRows()).isEqualTo(11);
        assertThat(report.missingColumns()).isEmpty();
        assertThat(report.missingOptionalColumns()).contains("currency", "period_start");
        assertThat(books.clock()).isEqualTo(Instant.parse("2026-02-03T08:00:00Z"));
    }

    @Test
    void a_quote_that_is_never_closed_costs_only_its_own_line_whatever_comes_behind_it() throws IOException {
        for (String behind : List.of(
                "C3,\"Smith, J\",E,pro,active",
                "C3,\"two\nlines\",E,pro,active",
                "C3,plain,E,pro,active\nC4,\"Smith, J\",E,pro,active",
                "C3,plain,E,pro,active")) {
            for (String end : List.of("\n", "\r\n")) {
                String text = "customer_id,customer_name,region,plan_tier,status\nC1,\"a,b\",E,pro,active\n"
                        + "C2,\"never closed,E,pro,active\n" + behind + "\nC9,\"x\ny\",E,pro,active\n";
                Files.writeString(folder.resolve("customers.csv"), text.replace("\n", end));

                Books books = read();

                assertThat(texts(books, "select customer_id from customers order by 1"))
                        .as(behind)
                        .contains("C1", "C3", "C9")
                        .doesNotContain("C2");
                assertThat(badRows(books))
                        .containsExactly(
                                "customers.csv:3 null=C2,\"never closed,E,pro,active a quote is opened and not closed before the field ends");
            }
        }
    }

    @Test
    void blank_lines_before_the_header_are_no_rows() throws IOException {
        for (String start : List.of("\n", "\r\n", "  \n\n", "\ufeff\n")) {
            Files.writeString(folder.resolve("payments.csv"), start + "payment_id,amount\nP1,1\n\nP2,x\n");

            Books books = read();

            assertThat(texts(books, "select payment_id from payments"))
                    .as(start)
                    .containsExactly("P1");
            assertThat(badRows(books))
                    .singleElement()
                    .asString()
                    .endsWith("amount=x unreadable amount")
                    .matches("payments.csv:[56] .*");
        }
    }

    @Test
    void a_row_that_is_no_utf8_is_reported_on_its_line() throws IOException {
        byte[] latin = "refund_id,amount,note\nP1,1,x\nP2,2,n\u00e9e\nP3,3,x\n".getBytes(StandardCharsets.ISO_8859_1);
        Files.write(folder.resolve("refunds.csv"), latin);

        Books books = read();

        assertThat(texts(books, "select refund_id from refunds order by 1")).containsExactly("P1", "P3");
        assertThat(badRows(books))
                .singleElement()
                .asString()
                .startsWith("refunds.csv:3 ")
                .endsWith("not valid UTF-8");
    }

    @Test
    void a_header_with_an_unclosed_quote_makes_the_file_unreadable_and_says_so() throws IOException {
        csv("payments.csv", "payment_id,\"amount", "P1,1");
        csv("refunds.csv", "refund_id", "R1");

        Books books = read();

        assertThat(books.table("payments")).isEmpty();
        assertThat(books.remarks()).singleElement().asString().contains("payments.csv has a header with a quote");
    }

    @Test
    void customers_without_ids_or_rows_condemn_nobody() throws IOException {
        for (String customers : List.of("", "customer_id,region\n", "name\nOne\n")) {
            Files.writeString(folder.resolve("customers.csv"), customers);
            csv(
                    "usage_events.csv",
                    "event_id,customer_id,event_time,usage_units,feature_type",
                    "E1,C1,2026-01-01,1,api");

            assertThat(read().badRows()).as(customers).isZero();
        }
    }

    @Test
    void only_iso_dates_are_dates() throws IOException {
        List<String> good = List.of(
                "2026-02-03",
                "2026-02-03 04:05",
                "2026-02-03T04:05:06Z",
                "2026-02-03t04:05:06.123z",
                "2026-02-03T04:05:06+02:30",
                "2026-02-03 04:05:06 +0100",
                "2026-02-03 04:05:06 UTC",
                "20260203",
                "20260203T040506Z");
        List<String> bad = List.of(
                "infinity",
                "-infinity",
                "epoch",
                "today",
                "03/02/2026",
                "2026-2-3",
                "2026-02-30",
                "2026-13-01",
                "1770000000",
                "2026-02-03T10:00:00+25:00",
                "2026-02-03 25:00",
                "nan");
        List<String> lines = new ArrayList<>(List.of("payment_id,payment_date,amount"));
        good.forEach(text -> lines.add("G" + lines.size() + "," + text + ",1"));
        bad.forEach(text -> lines.add("B" + lines.size() + "," + text + ",1"));
        csv("payments.csv", lines.toArray(String[]::new));

        Books books = read();

        assertThat(texts(books, "select payment_id from payments where payment_id like 'B%'"))
                .isEmpty();
        assertThat(texts(books, "select distinct cast(payment_date as date) from payments"))
                .containsExactly("2026-02-03");
        assertThat(badRows(books)).hasSize(bad.size());
    }

    @Test
    void gzipped_files_crlf_mixed_line_ends_and_folders_of_files_read_alike() throws IOException {
        csv("customers.csv", "customer_id", "C1");
        Files.createDirectories(folder.resolve("payments/year=2026"));
        Files.write(
                folder.resolve("payments/a.csv.gz"),
                gzip("payment_id,payment_date,amount\r\nP1,2026-01-01,1\r\nbad,x,1\r\n"));
        Files.writeString(
                folder.resolve("payments/year=2026/b.csv"),
                "AMOUNT;Payment_Date;payment_id\r\n2;2026-01-02;P2\n3;2026-01-03;P3\r\n4;;P4\n");

        Books books = read();

        assertThat(texts(books, "select payment_id || ' ' || amount from payments order by 1"))
                .containsExactly("P1 1.0000", "P2 2.0000", "P3 3.0000");
        assertThat(badRows(books))
                .containsExactly(
                        "payments/a.csv.gz:3 payment_date=x unreadable date",
                        "payments/year=2026/b.csv:4 payment_date=null empty date");
    }

    @Test
    void a_parquet_file_keeps_its_types_and_its_bad_rows_are_named_by_row() {
        Engine engine = engine();
        engine.run("copy (select * from (values ('P1', 1.5::double, timestamp '2026-01-01 10:00:00', 7), "
                + "('P2', 'nan'::double, timestamp '2026-01-02', 8), ('P1', 2, timestamp '2026-01-02', 8)) "
                + "t(payment_id, amount, payment_date, customer_id)) to '" + folder.resolve("payments.parquet")
                + "' (format parquet)");

        Books books = read();

        assertThat(texts(books, "select payment_id || ' ' || amount || ' ' || customer_id from payments"))
                .containsExactly("P1 1.5000 7");
        assertThat(badRows(books))
                .containsExactlyInAnyOrder(
                        "payments.parquet:2 amount=nan unreadable amount",
                        "payments.parquet:3 payment_id=P1 this id was already there; the first row stands");
    }

    @Test
    void names_that_a_pattern_would_match_mean_only_themselves(@TempDir Path root) throws IOException {
        Path own = Files.createDirectories(root.resolve("books [ab]/status=void"));
        Path other = Files.createDirectories(root.resolve("books a/status=void"));
        Files.writeString(own.resolve("payments.csv"), "payment_id,status\nP1,failed\n");
        Files.writeString(other.resolve("payments.csv"), "payment_id,status\nX1,failed\nX2,failed\n");
        engine().run("copy (select 'R1' as refund_id, 'x' as reason) to '" + own.resolve("refunds.parquet")
                + "' (format parquet)");

        Books books = new BooksReader(engine(), SourceFolder.of(own), null, WALL, table -> {}).read();

        assertThat(texts(books, "select payment_id || ' ' || status from payments"))
                .containsExactly("P1 failed");
        assertThat(texts(books, "select refund_id from refunds")).containsExactly("R1");
    }

    @Test
    void a_bad_row_is_laid_to_the_file_it_stands_in_also_behind_an_empty_one() throws IOException {
        Path parts = Files.createDirectories(folder.resolve("payments"));
        Files.writeString(parts.resolve("a.csv"), "payment_id,amount\n");
        Files.writeString(parts.resolve("b.csv"), "payment_id,amount\nP1,1\nP1,2\n");
        Files.write(parts.resolve("c.csv.gz"), new byte[0]);

        assertThat(badRows(read()))
                .containsExactly("payments/b.csv:3 payment_id=P1 this id was already there; the first row stands");
    }

    @Test
    void empty_files_and_files_with_only_a_header_are_tables_without_rows() throws IOException {
        csv("refunds.csv");
        csv("payments.csv", "payment_id,amount");

        Books books = read();

        assertThat(books.table("refunds").orElseThrow().missingColumns()).contains("refund_id", "amount");
        assertThat(books.table("payments").orElseThrow().missingColumns())
                .contains("payment_date")
                .doesNotContain("amount");
        assertThat(books.rows()).isZero();
        assertThat(books.clock()).isNull();
    }

    @Test
    void a_folder_without_a_table_of_the_contract_is_refused_with_what_was_found() throws IOException {
        csv("orders.csv", "a,b", "1,2");

        assertThatThrownBy(this::read)
                .isInstanceOf(BooksException.class)
                .hasMessageContaining("customers, subscriptions, invoices")
                .hasMessageContaining("found orders");
    }

    @Test
    void amounts_are_converted_by_the_last_rate_on_or_before_their_date() throws IOException {
        csv(
                "fx_rates.csv",
                "currency,rate_date,rate_to_base",
                "EUR,2026-01-01,1",
                "USD,2026-01-01,0.9",
                "USD,2026-01-10,0.8");
        csv(
                "payments.csv",
                "payment_id,payment_date,amount,currency",
                "P1,2026-01-09 23:00:00,10,usd",
                "P2,2026-02-10,10,USD",
                "P3,2026-01-01,10,EUR",
                "P4,2025-12-31,10,USD",
                "P5,2026-01-01,1,JPY");

        Books books = read();

        assertThat(books.baseCurrency()).isEqualTo("EUR");
        assertThat(books.currencies()).containsExactly("EUR", "JPY", "USD");
        assertThat(texts(books, "select payment_id || ' ' || to_base from payments order by 1"))
                .containsExactly("P1 0.90000000", "P2 0.80000000", "P3 1.00000000", "P4 1.00000000", "P5 1.00000000");
    }

    @Test
    void statements_over_the_books_reach_no_file() throws IOException {
        csv("payments.csv", "payment_id,amount", "P1,1");

        Books books = read();

        assertThatThrownBy(() -> books.engine().run("select * from read_csv('" + folder.resolve("payments.csv") + "')"))
                .hasMessageContaining("disabled");
        assertThatThrownBy(() -> books.engine().run("set memory_limit = '10GB'"))
                .hasMessageContaining("locked");
    }

    @Test
    void a_copy_of_a_row_that_stands_is_a_bad_row_that_nobody_misses() throws IOException {
        csv("customers.csv", "customer_id", "C1", "C2");
        csv(
                "subscriptions.csv",
                "subscription_id,customer_id,plan_tier,start_date,billing_status,end_date",
                "S1,C1,pro,2025-01-01,active,",
                "S1,C1,pro,2025-01-01,active,",
                "S2,C2,pro,2025-01-01,cancelled,2026-01-31",
                "S2,C2,pro,2025-01-01,active,");

        Books books = read();

        assertThat(badRows(books)).hasSize(2);
        assertThat(texts(books, "select subscription_id || ' ' || billing_status from set_aside.subscriptions"))
                .containsExactly("S2 active");
    }

    @Test
    void books_on_disk_are_read_alike() throws IOException {
        csv("customers.csv", "customer_id,region", "C1,EMEA", "C1,NA");
        csv(
                "invoices.csv",
                "invoice_id,customer_id,invoice_date,billed_amount,currency",
                "I1,C1,2026-03-01,10,EUR",
                "I2,C1,soon,10,EUR");
        csv("fx_rates.csv", "rate_date,currency,rate_to_base", "2026-02-27,EUR,1.10", "2026-02-27,USD,1");
        Engine onDisk = engine();
        onDisk.keepOnDisk();

        Books books = new BooksReader(onDisk, SourceFolder.of(folder), null, WALL, table -> {}).read();

        assertThat(badRows(books)).isNotEmpty().isEqualTo(badRows(read()));
        assertThat(texts(books, "select invoice_id || ' ' || to_base from invoices"))
                .containsExactly("I1 1.10000000");
        assertThat(texts(books, "select database_name from duckdb_tables() where table_name = 'invoices'"))
                .containsOnly("kept");
    }

    private void csv(String name, String... lines) throws IOException {
        Files.writeString(folder.resolve(name), lines.length == 0 ? "" : String.join("\n", lines) + "\n");
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private Books read() {
        return read(null);
    }

    private Books read(@Nullable Instant asOf) {
        return new BooksReader(engine(), SourceFolder.of(folder), asOf, WALL, table -> {}).read();
    }

    private Engine engine() {
        Engine engine = Engine.open(new EngineSettings(work, "500MB", 2));
        opened.add(engine);
        return engine;
    }

    private static List<String> texts(Books books, String sql) {
        return books.engine().list(sql, row -> row.getString(1));
    }

    private static List<String> badRows(Books books) {
        List<String> rows = new ArrayList<>();
        books.forEachBadRow(row ->
                rows.add("%s:%d %s=%s %s".formatted(row.file(), row.line(), row.column(), row.value(), row.reason())));
        return rows;
    }
}
