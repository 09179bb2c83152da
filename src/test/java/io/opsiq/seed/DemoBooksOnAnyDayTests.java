package io.opsiq.seed;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsiq.seed.WrittenBooks.Row;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must hold whenever the demo is started: two years, one of them a leap year, at the first moment of each day. */
class DemoBooksOnAnyDayTests {
    private static List<WrittenBooks> everyDay = List.of();

    @BeforeAll
    static void writeTheBooksOfEveryDay(@TempDir Path folder) {
        everyDay = LocalDate.of(2027, 1, 1)
                .datesUntil(LocalDate.of(2029, 1, 1))
                .map(day -> WrittenBooks.writtenAt(day.atStartOfDay().toInstant(ZoneOffset.UTC), folder))
                .toList();
        assertThat(everyDay).hasSize(731);
    }

    @Test
    void nothingLiesInTheFuture() {
        onEveryDay(books -> {
            Instant latest = latestFact(books).toInstant(ZoneOffset.UTC);
            assertThat(latest).isBeforeOrEqualTo(books.wallClock());
            assertThat(books.all("subscriptions"))
                    .allSatisfy(row ->
                            assertThat(row.time("start_date").toLocalDate()).isBefore(books.today()));
        });
    }

    @Test
    void theClockOfTheBooksIsTheAnchorDay() {
        onEveryDay(books -> assertThat(latestFact(books).toLocalDate()).isEqualTo(books.today()));
    }

    @Test
    void everyTimeIsWrittenToTheSecondAndNoTokenIsLeft() {
        onEveryDay(books -> WrittenBooks.CLOCK_COLUMNS.forEach((table, column) -> assertThat(books.all(table))
                .allSatisfy(row -> assertThat(row.text(column)).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:00"))));
    }

    @Test
    void theEmeaRefundsTheManualCreditAndTheDuplicateShareTheDayBeforeTheAnchor() {
        onEveryDay(books -> assertThat(Stream.of("REF003", "REF004", "REF005", "REF006", "REF007", "REF008", "REF009")
                        .map(id -> books.refundedAt(id).toLocalDate()))
                .containsOnly(books.today().minusDays(1)));
    }

    @Test
    void theDuplicateRefundFollowsThreeQuartersOfAnHourLater() {
        onEveryDay(books -> {
            assertThat(books.refundedAt("REF003").toLocalTime()).isEqualTo(LocalTime.of(14, 0));
            assertThat(books.refundedAt("REF004").toLocalTime()).isEqualTo(LocalTime.of(14, 45));
        });
    }

    @Test
    void thisMonthsInvoicesAndPaymentsLieBeforeTheSpikeDayInItsMonth() {
        onEveryDay(books -> {
            YearMonth month = YearMonth.from(books.today());
            assertThat(Stream.of(
                            "INV005", "INV006", "INV007", "INV008", "INV009", "INV010", "INV011", "INV012", "INV016"))
                    .allSatisfy(id -> {
                        assertThat(YearMonth.from(invoicedAt(books, id))).isEqualTo(month);
                        assertThat(invoicedAt(books, id).toLocalDate()).isBefore(books.spikeDay());
                    });
            assertThat(YearMonth.from(books.spikeDay())).isEqualTo(month);
        });
    }

    @Test
    void lastMonthsInvoicesLieInTheMonthBefore() {
        onEveryDay(books -> {
            YearMonth lastMonth = YearMonth.from(books.today()).minusMonths(1);
            assertThat(Stream.of("INV001", "INV002", "INV003", "INV004"))
                    .allSatisfy(id -> assertThat(invoicedAt(books, id))
                            .isEqualTo(lastMonth.atDay(22).atTime(10, 0)));
            assertThat(Stream.of("INV013", "INV014", "INV015"))
                    .allSatisfy(id -> assertThat(invoicedAt(books, id))
                            .isEqualTo(lastMonth.atDay(20).atTime(10, 0)));
        });
    }

    @Test
    void anInvoiceIsPaidTwoHoursLater() {
        onEveryDay(books -> assertThat(books.all("payments"))
                .hasSize(16)
                .allSatisfy(payment -> assertThat(payment.time("payment_date"))
                        .isEqualTo(invoicedAt(books, payment.text("invoice_id")).plusHours(2))));
    }

    @Test
    void noRefundComesBeforeItsPayment() {
        onEveryDay(books -> assertThat(books.all("refunds"))
                .allSatisfy(refund -> assertThat(refund.time("refund_date"))
                        .isAfter(books.row("payments", refund.text("linked_payment_id"))
                                .time("payment_date"))));
    }

    @Test
    void theEarlierRefundsLieOnDifferentDaysInTheOriginalsOrder() {
        onEveryDay(books -> {
            List<LocalDate> days = Stream.of("REF011", "REF010", "REF001", "REF002")
                    .map(id -> books.refundedAt(id).toLocalDate())
                    .toList();
            assertThat(days).isSorted().doesNotHaveDuplicates();
            assertThat(days.getLast()).isBeforeOrEqualTo(books.today().minusDays(2));
        });
    }

    @Test
    void smallerRefundsOfOnePaymentLieMoreThanAWeekApart() {
        onEveryDay(books -> assertThat(books.refundedAt("REF010").plusDays(9)).isBefore(books.refundedAt("REF005")));
    }

    @Test
    void noEmeaDayButTheSpikeHasMoreThanOneRefund() {
        onEveryDay(books -> assertThat(books.all("refunds").stream()
                        .filter(refund -> books.row("customers", refund.text("customer_id"))
                                .text("region")
                                .equals("EMEA"))
                        .map(refund -> refund.time("refund_date").toLocalDate())
                        .filter(day -> !day.equals(books.spikeDay()))
                        .collect(groupingBy(Function.identity(), counting()))
                        .values())
                .containsOnly(1L));
    }

    @Test
    void everySubscriptionStartsWithAMonth() {
        onEveryDay(books -> assertThat(books.all("subscriptions")).hasSize(10).allSatisfy(row -> {
            LocalDateTime start = row.time("start_date");
            assertThat(start).isEqualTo(start.toLocalDate().withDayOfMonth(1).atStartOfDay());
        }));
    }

    @Test
    void whoWasInvoicedLastMonthHasSubscribedBeforeItBegan() {
        onEveryDay(books -> {
            LocalDate lastMonth = YearMonth.from(books.today()).minusMonths(1).atDay(1);
            assertThat(books.all("subscriptions"))
                    .filteredOn(row -> invoicedIn(books, row, YearMonth.from(lastMonth)))
                    .hasSize(7)
                    .allSatisfy(row ->
                            assertThat(row.time("start_date").toLocalDate()).isBefore(lastMonth));
        });
    }

    @Test
    void everyActiveSubscriptionIsInvoicedOnceInEachOfTheTwoMonthsThatItIsInForce() {
        onEveryDay(books -> {
            YearMonth thisMonth = YearMonth.from(books.today());
            for (Row subscription : active(books)) {
                TreeSet<YearMonth> due = Stream.of(thisMonth.minusMonths(1), thisMonth)
                        .filter(month ->
                                !YearMonth.from(subscription.time("start_date")).isAfter(month))
                        .collect(toCollection(TreeSet::new));
                assertThat(invoicesOf(books, subscription).map(YearMonth::from))
                        .as(subscription.id())
                        .containsExactlyInAnyOrderElementsOf(due);
            }
        });
    }

    @Test
    void usageLiesInTheLastThirtyDaysAndOnPastDaysOnly() {
        onEveryDay(books -> assertThat(books.all("usage_events"))
                .hasSize(120)
                .allSatisfy(event -> assertThat(event.time("event_time").toLocalDate())
                        .isBetween(books.today().minusDays(30), books.today().minusDays(1))));
    }

    @Test
    void signalsComeOnTheSpikeDayAndTheDayOfTheBooks() {
        onEveryDay(books -> assertThat(books.all("signal_events").stream()
                        .map(signal -> signal.time("timestamp").toLocalDate()))
                .containsExactly(
                        books.spikeDay(), books.spikeDay(), books.spikeDay(), books.spikeDay(), books.today()));
    }

    private static void onEveryDay(Consumer<WrittenBooks> invariant) {
        assertThat(everyDay).isNotEmpty();
        for (WrittenBooks books : everyDay) {
            try {
                invariant.accept(books);
            } catch (AssertionError e) {
                throw new AssertionError("run at " + books.wallClock() + ": " + e.getMessage(), e);
            }
        }
    }

    private static LocalDateTime latestFact(WrittenBooks books) {
        return books.facts().max(LocalDateTime::compareTo).orElseThrow();
    }

    private static LocalDateTime invoicedAt(WrittenBooks books, String invoiceId) {
        return books.row("invoices", invoiceId).time("invoice_date");
    }

    private static List<Row> active(WrittenBooks books) {
        return books.all("subscriptions").stream()
                .filter(row -> row.text("billing_status").equals("active"))
                .toList();
    }

    private static boolean invoicedIn(WrittenBooks books, Row subscription, YearMonth month) {
        return invoicesOf(books, subscription).map(YearMonth::from).anyMatch(month::equals);
    }

    private static Stream<LocalDateTime> invoicesOf(WrittenBooks books, Row subscription) {
        return books.all("invoices").stream()
                .filter(invoice -> invoice.text("customer_id").equals(subscription.text("customer_id")))
                .map(invoice -> invoice.time("invoice_date"));
    }
}
