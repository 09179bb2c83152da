package io.opsiq.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class DemoBooksTests {
    private static final Instant FEBRUARY_21 = Instant.parse("2026-02-21T09:00:00Z");

    @TempDir
    Path folder;

    @Test
    void theDuplicateRefundAndTheLargeManualCreditArePlanted() throws IOException {
        write(folder);

        assertThat(lines("refunds.csv"))
                .containsExactly(
                        "refund_id,customer_id,refund_date,amount,reason,processor,linked_payment_id",
                        "REF001,C002,2026-01-27 10:00:00,50.0,service_issue,stripe,PAY002",
                        "REF002,C001,2026-02-01 10:00:00,100.0,billing_error,stripe,PAY001",
                        "REF003,C003,2026-02-20 14:00:00,150.0,overcharge,stripe,PAY007",
                        "REF004,C003,2026-02-20 14:45:00,150.0,overcharge,stripe,PAY007",
                        "REF005,C004,2026-02-20 09:00:00,200.0,service_issue,stripe,PAY004",
                        "REF006,C006,2026-02-20 10:00:00,199.0,billing_error,stripe,PAY009",
                        "REF007,C008,2026-02-20 11:00:00,49.0,service_issue,stripe,PAY011",
                        "REF008,C009,2026-02-20 12:00:00,180.0,overcharge,stripe,PAY012",
                        "REF009,C009,2026-02-20 16:00:00,500.0,manual_credit,manual,PAY012",
                        "REF010,C004,2026-01-23 10:00:00,50.0,service_issue,stripe,PAY004",
                        "REF011,C006,2026-01-21 10:00:00,30.0,billing_error,stripe,PAY015");
    }

    @Test
    void anUnderbilledInvoiceAndOneOnTheWrongPlanArePlantedAndNoOther() throws IOException {
        write(folder);

        assertThat(lines("invoices.csv"))
                .hasSize(1 + 16)
                .startsWith(
                        "invoice_id,customer_id,invoice_date,billed_amount,expected_amount,plan_tier_billed,status");
        assertThat(lines("invoices.csv").stream().skip(1).filter(DemoBooksTests::isBilledOtherwiseThanExpected))
                .containsExactly(
                        "INV008,C005,2026-02-02 10:00:00,199.0,299.0,enterprise,paid",
                        "INV010,C007,2026-02-02 10:00:00,199.0,499.0,pro,paid");
    }

    @Test
    void customersAndSubscriptionsAreTheOriginals() throws IOException {
        write(folder);

        assertThat(lines("customers.csv"))
                .containsExactly(
                        "customer_id,customer_name,region,plan_tier,status",
                        "C001,Acme Corp,NA,enterprise,active",
                        "C002,Globex Inc,NA,pro,active",
                        "C003,Initech,NA,starter,active",
                        "C004,Umbrella Ltd,EMEA,enterprise,active",
                        "C005,Stark Industries,NA,enterprise,active",
                        "C006,Wayne Enterprises,EMEA,pro,active",
                        "C007,Cyberdyne Systems,APAC,enterprise,active",
                        "C008,Soylent Corp,EMEA,starter,active",
                        "C009,Tyrell Corp,EMEA,pro,active",
                        "C010,Wonka Industries,APAC,starter,churned");
        assertThat(lines("subscriptions.csv"))
                .containsExactly(
                        "subscription_id,customer_id,plan_tier,start_date,monthly_price,billing_status",
                        "SUB001,C001,enterprise,2025-07-01 00:00:00,499.0,active",
                        "SUB002,C002,pro,2025-09-01 00:00:00,199.0,active",
                        "SUB003,C003,starter,2025-11-01 00:00:00,49.0,active",
                        "SUB004,C004,enterprise,2025-06-01 00:00:00,499.0,active",
                        "SUB005,C005,enterprise,2025-08-01 00:00:00,299.0,active",
                        "SUB006,C006,pro,2025-10-01 00:00:00,199.0,active",
                        "SUB007,C007,enterprise,2025-12-01 00:00:00,499.0,active",
                        "SUB008,C008,starter,2026-02-01 00:00:00,49.0,active",
                        "SUB009,C009,pro,2026-02-01 00:00:00,199.0,active",
                        "SUB010,C010,starter,2025-04-01 00:00:00,49.0,cancelled");
    }

    @Test
    void everyPaymentIsCompletedAndAsLargeAsItsInvoice() {
        WrittenBooks books = WrittenBooks.writtenAt(FEBRUARY_21, folder);

        assertThat(books.all("payments")).hasSize(16).allSatisfy(payment -> {
            var invoice = books.row("invoices", payment.text("invoice_id"));
            assertThat(payment.id().substring(3)).isEqualTo(invoice.id().substring(3));
            assertThat(payment.text("customer_id")).isEqualTo(invoice.text("customer_id"));
            assertThat(payment.text("amount")).isEqualTo(invoice.text("billed_amount"));
            assertThat(payment.text("payment_processor")).isEqualTo("stripe");
            assertThat(payment.text("status")).isEqualTo("completed");
        });
    }

    @Test
    void usageComesInSixDaysOfTwoEventsACustomer() throws IOException {
        write(folder);

        assertThat(lines("usage_events.csv"))
                .hasSize(1 + 120)
                .startsWith(
                        "event_id,customer_id,event_time,usage_units,feature_type",
                        "EVT0001,C001,2026-01-22 09:00:00,57,api_calls",
                        "EVT0002,C001,2026-01-22 10:00:00,64,storage_gb")
                .contains("EVT0029,C005,2026-02-01 17:00:00,53,api_calls")
                .endsWith("EVT0120,C010,2026-02-20 08:00:00,90,storage_gb");
    }

    @Test
    void thePayloadOfASignalIsJsonAndKeepsItsBraces() {
        WrittenBooks books = WrittenBooks.writtenAt(FEBRUARY_21, folder);

        assertThat(books.all("signal_events"))
                .hasSize(5)
                .allSatisfy(signal ->
                        assertThat(payload(signal.text("payload_json"))).contains("\"message\""));
        assertThat(payload(books.row("signal_events", "SIG003").text("payload_json")))
                .isEqualTo(
                        "{\"type\":\"underbilling_detected\",\"invoice_ids\":[\"INV008\",\"INV010\"],\"total_gap\":400,"
                                + "\"message\":\"Billing gap detected: $400 underbilled across 2 invoices\"}");
    }

    @Test
    void linesEndInALineFeed() throws IOException {
        write(folder);

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.toList())
                    .hasSize(8)
                    .allSatisfy(file -> assertThat(Files.readString(file))
                            .doesNotContain("\r")
                            .endsWith("\n"));
        }
    }

    @Test
    void todayIsTheDayInUtcWhateverTheClocksZone() throws IOException {
        Instant oneDayAheadInUtc = Instant.parse("2026-02-21T01:00:00Z");
        new DemoBooks(Clock.fixed(oneDayAheadInUtc, ZoneId.of("America/New_York"))).write(folder);

        assertThat(lines("refunds.csv")).anyMatch(line -> line.startsWith("REF009,C009,2026-02-20 16:00:00"));
    }

    @Test
    void aMissingFolderIsMade() {
        Path missing = folder.resolve("a/b");
        write(missing);

        assertThat(missing.resolve("customers.csv")).exists();
    }

    @Test
    void demoBooksAreOverwritten() throws IOException {
        write(folder);
        Files.writeString(folder.resolve("refunds.csv"), "changed");
        Files.delete(folder.resolve("payments.csv"));
        write(folder);

        assertThat(lines("refunds.csv")).hasSize(12);
        assertThat(lines("payments.csv")).hasSize(17);
    }

    @Test
    void hiddenFilesAreNobodysBooksAndStay() throws IOException {
        Files.writeString(folder.resolve(".DS_Store"), "x");
        write(folder);
        write(folder);

        assertThat(folder.resolve(".DS_Store")).hasContent("x");
    }

    @Test
    void otherBooksOfTheSameNamesAreNotOverwritten() throws IOException {
        Files.writeString(folder.resolve("invoices.csv"), "mine");

        assertThatThrownBy(() -> write(folder))
                .isInstanceOf(FolderTakenException.class)
                .hasMessage(
                        "Demo books are not written to %s: it holds invoices.csv, which is not a file of the demo books. "
                                        .formatted(folder)
                                + "Maybe name a new or empty folder, or move what is there away first.");
        assertThat(folder).isDirectoryNotContaining(file -> !file.endsWith("invoices.csv"));
        assertThat(folder.resolve("invoices.csv")).hasContent("mine");
    }

    @Test
    void demoBooksThatLostTheirMarkerAreKept() throws IOException {
        write(folder);
        Files.delete(folder.resolve(".opsiq-demo"));

        assertThatThrownBy(() -> write(folder)).isInstanceOf(FolderTakenException.class);
    }

    @Test
    void booksOfOtherCustomersInADemoFolderAreKept() throws IOException {
        write(folder);
        Files.writeString(folder.resolve("customers.csv"), "customer_id\nmine\n");

        assertThatThrownBy(() -> write(folder))
                .isInstanceOf(FolderTakenException.class)
                .hasMessageContaining("its customers are not the demo's");
        assertThat(lines("customers.csv")).contains("mine");
    }

    @Test
    void demoBooksAreNotMixedWithAnotherTable() throws IOException {
        write(folder);
        Files.writeString(folder.resolve("plans.csv"), "mine");

        assertThatThrownBy(() -> write(folder))
                .isInstanceOf(FolderTakenException.class)
                .hasMessageContaining("it holds plans.csv");
    }

    @Test
    void aTableThatIsAFolderIsKept() throws IOException {
        write(folder);
        Files.delete(folder.resolve("refunds.csv"));
        Files.createDirectory(folder.resolve("refunds.csv"));

        assertThatThrownBy(() -> write(folder))
                .isInstanceOf(FolderTakenException.class)
                .hasMessageContaining("it holds refunds.csv");
    }

    @Test
    void aFileIsNoFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("books"), "mine");

        assertThatThrownBy(() -> write(file))
                .isInstanceOf(FolderTakenException.class)
                .hasMessageContaining("it is not a folder");
        assertThat(file).hasContent("mine");
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");

        assertThatThrownBy(() -> write(file.resolve("books")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(file.resolve("books").toString())
                .hasMessageContaining("Maybe the folder is not writable");
    }

    private static void write(Path folder) {
        new DemoBooks(Clock.fixed(FEBRUARY_21, ZoneOffset.UTC)).write(folder);
    }

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(folder.resolve(file));
    }

    private static boolean isBilledOtherwiseThanExpected(String invoice) {
        List<String> cells = List.of(invoice.split(",", -1));
        return !cells.get(3).equals(cells.get(4));
    }

    private static String payload(String cell) {
        String json = cell.substring(1, cell.length() - 1).replace("\"\"", "\"");
        return JsonMapper.shared().readTree(json).toString();
    }
}
