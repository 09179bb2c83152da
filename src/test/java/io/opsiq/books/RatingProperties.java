package io.opsiq.books;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsiq.books.ReferenceRating.Period;
import io.opsiq.books.ReferenceRating.Price;
import io.opsiq.books.ReferenceRating.Row;
import io.opsiq.books.ReferenceRating.Usage;
import io.opsiq.engine.Engine;
import io.opsiq.engine.EngineSettings;
import io.opsiq.sources.SourceFolder;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/** The re-rating in SQL, against {@link ReferenceRating} and against what must hold of any rating. */
class RatingProperties {

    private static final LocalDate FIRST = LocalDate.of(2023, 11, 1);
    private static final LocalDate LAST = LocalDate.of(2025, 12, 31);
    private static final List<String> PLANS = List.of("starter", "pro");

    @Property(tries = 12, shrinking = ShrinkingMode.OFF)
    void every_invoice_is_rated_as_by_hand(@ForAll long seed, @ForAll @IntRange(min = 0, max = 1) int inYen)
            throws IOException {
        Random random = new Random(seed);
        boolean yen = inYen == 1;
        List<Row> rows = new ArrayList<>();
        List<Usage> usage = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            List<Row> ofCustomer = rows("C" + i, random, yen);
            rows.addAll(ofCustomer);
            for (int k = 0; k < 12; k++) {
                usage.add(new Usage("C" + i, day(random), new BigDecimal(random.nextInt(40000)).movePointLeft(1)));
            }
        }
        ReferenceRating reference = new ReferenceRating(prices(random, yen), rows, usage);
        Map<String, Period> invoices = new LinkedHashMap<>();
        rows.forEach(row -> periods(row).forEach(period -> invoices.put("I" + invoices.size(), period)));

        Map<String, BigDecimal> rated = rated(reference, invoices, yen ? "JPY" : "USD");

        assertThat(rated).hasSameSizeAs(invoices);
        invoices.forEach((id, period) -> assertThat(rated.get(id))
                .as("%s %s", id, period)
                .isEqualByComparingTo(reference.due(period, yen ? 0 : 2)));
    }

    @Property(tries = 6, shrinking = ShrinkingMode.OFF)
    void the_parts_of_a_split_month_add_up_to_the_whole(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        Map<String, Period> invoices = new LinkedHashMap<>();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            YearMonth month = YearMonth.of(2024, 1).plusMonths(random.nextInt(24));
            LocalDate cut = month.atDay(1 + random.nextInt(month.lengthOfMonth() - 1));
            BigDecimal price = new BigDecimal(1 + random.nextInt(100000)).movePointLeft(2);
            Row whole = row("W" + i, "C" + i, month.atDay(1), month.atEndOfMonth(), price);
            Row first = row("A" + i, "C" + i, month.atDay(1), cut, price);
            Row second = row("B" + i, "C" + i, cut.plusDays(1), month.atEndOfMonth(), price);
            rows.addAll(List.of(whole, first, second));
            invoices.put("W" + i, new Period(whole, whole.start(), month.atEndOfMonth()));
            invoices.put("A" + i, new Period(first, first.start(), cut));
            invoices.put("B" + i, new Period(second, second.start(), month.atEndOfMonth()));
        }

        Map<String, BigDecimal> rated = rated(new ReferenceRating(List.of(), rows, List.of()), invoices, "USD");

        for (int i = 0; i < 100; i++) {
            BigDecimal whole = of(rated, "W" + i);
            BigDecimal parts = of(rated, "A" + i).add(of(rated, "B" + i));
            assertThat(whole).isEqualByComparingTo(rows.get(3 * i).price());
            assertThat(parts.subtract(whole).abs()).as("part " + i).isLessThanOrEqualTo(new BigDecimal("0.01"));
        }
    }

    private static BigDecimal of(Map<String, BigDecimal> rated, String id) {
        return Objects.requireNonNull(rated.get(id), id);
    }

    private static Row row(String id, String customer, LocalDate start, LocalDate end, BigDecimal price) {
        return new Row(id, customer, "pro", start, end, price, 1, false, null, 0, null, null);
    }

    /** One row, or two of which the second follows the first or runs beside it; with trials, discounts, locks and years. */
    private static List<Row> rows(String customer, Random random, boolean yen) {
        LocalDate start = day(random).minusDays(200);
        boolean changes = random.nextInt(3) == 0;
        LocalDate end = changes || random.nextInt(3) == 0 ? start.plusDays(random.nextInt(500)) : null;
        List<Row> rows = new ArrayList<>(List.of(row(customer, "a", start, end, random, yen)));
        if (changes && end != null) {
            rows.add(row(customer, "b", end.plusDays(1), null, random, yen));
        } else if (random.nextInt(4) == 0) {
            rows.add(row(customer, "b", start.plusDays(1 + random.nextInt(100)), null, random, yen));
        }
        return rows;
    }

    private static Row row(
            String customer, String which, LocalDate start, @Nullable LocalDate end, Random random, boolean yen) {
        boolean leapDay = random.nextInt(20) == 0 && end == null;
        LocalDate begins = leapDay ? LocalDate.of(2024, 2, 29) : start;
        BigDecimal price = new BigDecimal(1 + random.nextInt(60000)).movePointLeft(yen ? 0 : 2);
        return new Row(
                customer + which,
                customer,
                PLANS.get(random.nextInt(PLANS.size())),
                begins,
                end,
                price,
                1 + random.nextInt(7),
                random.nextInt(5) == 0,
                random.nextInt(3) == 0 ? begins.plusDays(random.nextInt(45)) : null,
                random.nextInt(2) == 0 ? random.nextInt(101) : 0,
                random.nextInt(2) == 0 ? monthEdge(random) : null,
                random.nextInt(3) == 0 ? monthEdge(random) : null);
    }

    /** Days at which something ends are often the first or the last of a month. */
    private static LocalDate monthEdge(Random random) {
        LocalDate day = day(random);
        return switch (random.nextInt(3)) {
            case 0 -> day.withDayOfMonth(1);
            case 1 -> YearMonth.from(day).atEndOfMonth();
            default -> day;
        };
    }

    private static LocalDate day(Random random) {
        return FIRST.plusDays(random.nextInt((int) (LAST.toEpochDay() - FIRST.toEpochDay())));
    }

    private static List<Price> prices(Random random, boolean yen) {
        List<Price> prices = new ArrayList<>();
        for (String plan : PLANS) {
            for (LocalDate from : List.of(LocalDate.of(2020, 1, 1), monthEdge(random), LocalDate.of(2026, 3, 1))) {
                prices.add(new Price(
                        plan,
                        from,
                        random.nextInt(4) == 0 ? from.plusDays(700) : null,
                        new BigDecimal(1 + random.nextInt(60000)).movePointLeft(yen ? 0 : 2),
                        new BigDecimal(random.nextInt(900)),
                        new BigDecimal(1 + random.nextInt(500)).movePointLeft(4)));
            }
        }
        return prices;
    }

    /** The periods of a row as they are billed: calendar months, or years from the anniversary of the start. */
    private static List<Period> periods(Row row) {
        List<Period> periods = new ArrayList<>();
        if (row.annual()) {
            for (int year = 0; row.start().plusYears(year).isBefore(LAST); year++) {
                LocalDate from = row.start().plusYears(year);
                if (row.inForce(from)) {
                    periods.add(new Period(
                            row, from, row.start().plusYears(year + 1).minusDays(1)));
                }
            }
            return periods;
        }
        for (YearMonth month = YearMonth.from(row.start());
                month.atDay(1).isBefore(LAST);
                month = month.plusMonths(1)) {
            LocalDate from = month.atDay(1).isBefore(row.start()) ? row.start() : month.atDay(1);
            LocalDate to =
                    row.end() != null && row.end().isBefore(month.atEndOfMonth()) ? row.end() : month.atEndOfMonth();
            if (row.inForce(from)) {
                periods.add(new Period(row, from, to));
            }
        }
        return periods;
    }

    private static Map<String, BigDecimal> rated(ReferenceRating world, Map<String, Period> invoices, String currency)
            throws IOException {
        Path data = Files.createTempDirectory("opsiq-rating");
        try {
            write(data, world, invoices, currency);
            return rated(data);
        } finally {
            FileSystemUtils.deleteRecursively(data);
        }
    }

    private static void write(Path data, ReferenceRating world, Map<String, Period> invoices, String currency)
            throws IOException {
        write(
                data,
                "subscriptions",
                "subscription_id,customer_id,plan_tier,start_date,monthly_price,billing_status,end_date,quantity,"
                        + "billing_period,trial_end_date,discount_pct,discount_end_date,price_locked_until,currency",
                world.rows().stream()
                        .map(row -> line(
                                row.id(),
                                row.customer(),
                                row.plan(),
                                row.start(),
                                row.price(),
                                "active",
                                row.end(),
                                row.quantity(),
                                row.annual() ? "annual" : "monthly",
                                row.trialEnd(),
                                row.discount(),
                                row.discountEnd(),
                                row.lockedUntil(),
                                currency))
                        .toList());
        write(
                data,
                "plans",
                "plan_tier,effective_from,effective_to,monthly_price,included_units,overage_unit_price,metered_feature,currency",
                world.prices().stream()
                        .map(price -> line(
                                price.plan(),
                                price.from(),
                                price.to(),
                                price.price(),
                                price.included(),
                                price.overage(),
                                "api",
                                currency))
                        .toList());
        write(
                data,
                "usage_events",
                "event_id,customer_id,event_time,usage_units,feature_type",
                world.usage().stream()
                        .map(use -> line(
                                "E" + System.identityHashCode(use) + use.day() + use.units(),
                                use.customer(),
                                use.day() + " 23:59:59",
                                use.units(),
                                "api"))
                        .distinct()
                        .toList());
        write(
                data,
                "invoices",
                "invoice_id,customer_id,invoice_date,billed_amount,plan_tier_billed,status,subscription_id,period_start,period_end,currency",
                invoices.entrySet().stream()
                        .map(entry -> line(
                                entry.getKey(),
                                entry.getValue().row().customer(),
                                entry.getValue().from(),
                                1,
                                "pro",
                                "paid",
                                entry.getValue().row().id(),
                                entry.getValue().from(),
                                entry.getValue().to(),
                                currency))
                        .toList());
    }

    private static Map<String, BigDecimal> rated(Path data) {
        Map<String, BigDecimal> rated = new LinkedHashMap<>();
        try (Engine engine = Engine.open(new EngineSettings(data.resolve("work"), "500MB", 2))) {
            Books books = new BooksReader(engine, SourceFolder.of(data), null, Clock.systemUTC(), table -> {}).read();
            SharedTables.makeFor("from due", books);
            engine.forEach(
                    "select invoice_id, coalesce(cast(rated as varchar), unrated) from due",
                    row -> rated.put(row.getString(1), new BigDecimal(row.getString(2))));
        }
        return rated;
    }

    private static String line(@Nullable Object... values) {
        StringBuilder line = new StringBuilder();
        for (Object value : values) {
            line.append(line.isEmpty() ? "" : ",").append(value == null ? "" : value);
        }
        return line.toString();
    }

    private static void write(Path data, String table, String header, List<String> lines) throws IOException {
        Files.writeString(data.resolve(table + ".csv"), header + "\n" + String.join("\n", lines) + "\n");
    }
}
