package io.opsiq.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsiq.engine.Engine;
import io.opsiq.engine.EngineSettings;
import io.opsiq.engine.Sql;
import io.opsiq.generator.BooksOrder.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratedBooksTest {

    private static final List<String> TYPES = List.of(
            "billed_after_cancellation",
            "duplicate_invoice",
            "duplicate_payment",
            "duplicate_refund",
            "expired_discount",
            "invoice_line_mismatch",
            "manual_credit",
            "missing_invoice",
            "orphan_refund",
            "payment_failure_spike",
            "quantity_mismatch",
            "refund_after_dispute",
            "refund_exceeds_payment",
            "refund_spike",
            "revenue_drop",
            "self_approved_credit",
            "short_payment",
            "split_credit",
            "stale_price",
            "tier_mismatch",
            "unapplied_payment",
            "unbilled_usage",
            "uncollected_invoice",
            "underbilling",
            "usage_without_subscription");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void the_same_order_makes_the_same_bytes_however_many_threads_make_them(Format format) {
        Path one = books("one", order(80, 7, 5, format), 1);
        Path other = books("other", order(80, 7, 5, format), 3);

        assertThat(digests(one)).hasSize(15).isEqualTo(digests(other));
    }

    @Test
    void another_seed_makes_other_books() {
        Path one = books("one", order(80, 7, 5, Format.CSV), 2);
        Path other = books("other", order(80, 7, 6, Format.CSV), 2);

        assertThat(digests(one))
                .doesNotContainEntry("invoices.csv", digests(other).get("invoices.csv"));
        assertThat(digests(one))
                .doesNotContainEntry("refunds.csv", digests(other).get("refunds.csv"));
    }

    @Test
    void csv_and_parquet_hold_the_same_rows() {
        Path csv = books("csv", order(80, 7, 5, Format.CSV), 2);
        Path parquet = books("parquet", order(80, 7, 5, Format.PARQUET), 2);

        try (Engine engine = engine(2)) {
            for (String table : Script.TABLES) {
                engine.run("create or replace table rows as from " + file(parquet, table + ".parquet"));
                engine.run("create or replace table lines as from rows limit 0");
                engine.run("insert into lines from read_csv(" + file(csv, table + ".csv") + ", all_varchar = true)");
                assertThat(count(engine, "from rows")).as(table).isPositive();
                assertThat(count(engine, "from rows except all from lines"))
                        .as(table)
                        .isZero();
                assertThat(count(engine, "from lines except all from rows"))
                        .as(table)
                        .isZero();
            }
        }
    }

    @Test
    void a_year_of_three_hundred_customers_has_leaks_of_every_type_and_a_look_alike_of_each() {
        Path books = folder.resolve("books");

        try (Engine engine = engine(2)) {
            Map<String, Long> planted =
                    new GeneratedBooks(engine, task -> {}).write(books, order(300, 12, 3, Format.CSV));

            assertThat(planted).containsOnlyKeys(TYPES);
            assertThat(engine.list("select distinct quiet_type from look_alikes", row -> row.getString(1)))
                    .containsAll(TYPES);
        }
    }

    @Test
    void whatever_the_truth_names_is_in_the_books_but_for_what_is_missing_there() {
        Path books = books("books", order(300, 12, 3, Format.CSV), 2);

        try (Engine engine = engine(2)) {
            named(engine, books);
            for (String table : List.of("customers", "subscriptions", "invoices", "payments", "refunds")) {
                engine.run("create table " + table + " as from read_csv(" + file(books, table + ".csv")
                        + ", all_varchar = true)");
                String id = table.substring(0, table.length() - 1) + "_id";
                assertThat(count(engine, "from named where field in ('" + id + "', '" + id + "s')"))
                        .as(table)
                        .isPositive();
                assertThat(engine.list(
                                "select value from named where field in ('%s', '%ss') and value not in (select %s from %s)"
                                        .formatted(id, id, id, table),
                                row -> row.getString(1)))
                        .isEmpty();
            }
            assertThat(count(
                            engine,
                            "from named where field = 'region' and value not in (select region from customers)"))
                    .isZero();
            assertThat(count(engine, "from facts where amount <= 0")).isZero();
        }
    }

    @Test
    void no_id_is_there_twice() {
        Path books = books("books", order(1500, 14, 3, Format.PARQUET), 2);

        try (Engine engine = engine(2)) {
            for (String table : Script.TABLES) {
                String file = file(books, table + ".parquet");
                if (!table.equals("plans") && !table.equals("fx_rates")) {
                    String id = idOf(table);
                    assertThat(count(engine, "select " + id + " from " + file + " group by all having count(*) > 1"))
                            .as(table)
                            .isZero();
                }
            }
        }
    }

    /** The truth and the books agree on what can be seen without any re-rating. */
    @Test
    void facts_are_facts() {
        Path books = books("books", order(300, 12, 3, Format.CSV), 2);

        try (Engine engine = engine(2)) {
            named(engine, books);
            for (String table : List.of("subscriptions", "invoices", "invoice_lines", "payments", "refunds")) {
                engine.run("create table " + table + " as from read_csv(" + file(books, table + ".csv") + ")");
            }
            assertThat(count(engine, """
                    from named join subscriptions on subscription_id = value
                    join named as period on period.fact = named.fact and period.field = 'period'
                    join invoices using (subscription_id)
                    where named.anomaly_type = 'missing_invoice' and strftime(period_start, '%Y-%m') = period.value and status <> 'void'
                    """)).isZero();
            assertThat(count(engine, """
                    from named join invoices on invoice_id = value
                    where anomaly_type = 'underbilling' and expected_amount - billed_amount <= 0
                    """)).isZero();
            assertThat(count(engine, """
                    from named join invoices on invoice_id = value
                    left join (select invoice_id, sum(amount) filter (where line_type <> 'tax') as net from invoice_lines group by 1) as lines using (invoice_id)
                    where anomaly_type = 'invoice_line_mismatch' and (net is null or abs(net - billed_amount) <= 0.05)
                    """)).isZero();
            assertThat(count(engine, """
                    from named join refunds on refund_id = value
                    where anomaly_type = 'self_approved_credit' and issued_by is distinct from approved_by
                    """)).isZero();
            assertThat(count(engine, """
                    from invoices
                    left join (select invoice_id, sum(amount) filter (where line_type <> 'tax') as net from invoice_lines group by 1) as lines using (invoice_id)
                    where net is not null and abs(net - billed_amount) > 0.05
                        and invoice_id not in (select value from named where anomaly_type = 'invoice_line_mismatch')
                    """)).isZero();
        }
    }

    @Test
    void without_expected_amounts_the_column_is_not_there() throws IOException {
        books("books", new BooksOrder(30, 3, 1, Format.CSV, BooksOrder.UNTIL, false), 1);

        assertThat(Files.readString(folder.resolve("books/invoices.csv"))
                        .lines()
                        .findFirst())
                .hasValueSatisfying(header -> assertThat(header)
                        .contains("billed_amount", "plan_tier_billed")
                        .doesNotContain("expected_amount"));
    }

    @Test
    void books_that_were_generated_are_replaced_in_another_format_too() {
        books("books", order(20, 2, 1, Format.PARQUET), 1);
        books("books", order(20, 2, 1, Format.CSV), 1);

        assertThat(names(folder.resolve("books")))
                .contains("invoices.csv", ".truth", ".opsiq-generated")
                .noneMatch(name -> name.endsWith(".parquet"))
                .doesNotContain(".unfinished");
    }

    @ParameterizedTest
    @ValueSource(strings = {"invoices.csv", "notes.txt", "payments/part.parquet"})
    void a_folder_that_holds_anything_else_is_left_as_it_is(String file) throws IOException {
        Path there = folder.resolve("books").resolve(file);
        Files.createDirectories(there.getParent());
        Files.writeString(there, "mine");

        assertThatThrownBy(() -> books("books", order(20, 2, 1, Format.CSV), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not written to")
                .hasMessageContaining("Maybe name a new or empty folder");
        assertThat(there).hasContent("mine");
        assertThat(names(folder.resolve("books"))).hasSize(1);
    }

    @Test
    void a_file_added_to_generated_books_keeps_them_from_being_replaced() throws IOException {
        books("books", order(20, 2, 1, Format.CSV), 1);
        Files.writeString(folder.resolve("books/budget.csv"), "mine");
        Map<String, String> before = digests(folder.resolve("books"));

        assertThatThrownBy(() -> books("books", order(20, 2, 2, Format.CSV), 1)).hasMessageContaining("budget.csv");
        assertThat(digests(folder.resolve("books"))).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 12, --customers is 0",
        "10, 0, --months is 0",
        "10, 500, --months is 500",
        "2000000, 3, 1 to 1,000,000"
    })
    void an_order_that_cannot_be_filled_is_refused(int customers, int months, String message) {
        assertThatThrownBy(() -> order(customers, months, 1, Format.CSV))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("Maybe");
    }

    private static BooksOrder order(int customers, int months, long seed, Format format) {
        return new BooksOrder(customers, months, seed, format, BooksOrder.UNTIL, true);
    }

    private static String idOf(String table) {
        return table.replace("invoice_lines", "lines")
                        .replace("usage_events", "events")
                        .replace("signal_events", "signals")
                        .replaceFirst("s$", "")
                + "_id";
    }

    private Path books(String name, BooksOrder order, int threads) {
        try (Engine engine = engine(threads)) {
            new GeneratedBooks(engine, task -> {}).write(folder.resolve(name), order);
        }
        return folder.resolve(name);
    }

    private Engine engine(int threads) {
        return Engine.open(new EngineSettings(folder.resolve("work"), "600MB", threads));
    }

    /** One row a value that a planted fact names. */
    private static void named(Engine engine, Path books) {
        engine.run("create table facts as select row_number() over () as fact, * from read_csv("
                + file(books, ".truth/facts.csv") + ") where certainty = 'planted'");
        engine.run("""
                create table named as
                with fields as (select fact, anomaly_type, entity::json as entity, unnest(json_keys(entity::json)) as field from facts)
                select fact, anomaly_type, field, unnest(case json_type(entity, field)
                    when 'ARRAY' then json_extract(entity, field)::varchar[] else [json_extract_string(entity, field)] end) as value
                from fields
                """);
    }

    private static String file(Path books, String name) {
        return Sql.literal(books.resolve(name).toString());
    }

    private static long count(Engine engine, String from) {
        return engine.one("select count(*) from (" + from + ")", row -> row.getLong(1));
    }

    private static List<String> names(Path books) {
        try (Stream<Path> files = Files.list(books)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, String> digests(Path books) {
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(books)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
                digests.put(books.relativize(file).toString(), HexFormat.of().formatHex(digest));
            }
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
        return digests;
    }
}
