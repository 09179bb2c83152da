package io.opsiq.books;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was due, day by day and with nothing clever, to check the SQL by. */
record ReferenceRating(List<Price> prices, List<Row> rows, List<Usage> usage) {

    record Price(
            String plan,
            LocalDate from,
            @Nullable LocalDate to,
            BigDecimal price,
            BigDecimal included,
            BigDecimal overage) {}

    record Row(
            String id,
            String customer,
            String plan,
            LocalDate start,
            @Nullable LocalDate end,
            BigDecimal price,
            int quantity,
            boolean annual,
            @Nullable LocalDate trialEnd,
            int discount,
            @Nullable LocalDate discountEnd,
            @Nullable LocalDate lockedUntil) {

        boolean inForce(LocalDate day) {
            return !day.isBefore(start) && (end == null || !day.isAfter(end));
        }

        boolean inTrial(LocalDate day) {
            return trialEnd != null && inForce(day) && !day.isAfter(trialEnd);
        }
    }

    record Usage(String customer, LocalDate day, BigDecimal units) {}

    /** An invoice's row and the period it covers. */
    record Period(Row row, LocalDate from, LocalDate to) {}

    BigDecimal due(Period period, int digits) {
        Row row = period.row();
        LocalDate wholeFrom = row.annual() ? period.from() : period.from().withDayOfMonth(1);
        LocalDate wholeTo = row.annual()
                ? anniversaryAfter(row.start(), period.from()).minusDays(1)
                : YearMonth.from(period.from()).atEndOfMonth();
        long days = 0;
        long wholeDays = 0;
        for (LocalDate day = wholeFrom; !day.isAfter(wholeTo); day = day.plusDays(1)) {
            wholeDays++;
            boolean inPeriod =
                    row.annual() || (!day.isBefore(period.from()) && !day.isAfter(period.to()) && row.inForce(day));
            boolean free = row.trialEnd() != null && !day.isAfter(row.trialEnd());
            if (inPeriod && !free) {
                days++;
            }
        }
        boolean discounted = row.discountEnd() == null || !period.from().isAfter(row.discountEnd());
        BigDecimal hundredths = price(row, period.from())
                .multiply(BigDecimal.valueOf(row.quantity()))
                .multiply(BigDecimal.valueOf(row.annual() ? 12 : 1))
                .multiply(BigDecimal.valueOf(discounted ? 100 - row.discount() : 100));
        BigDecimal divisor = BigDecimal.valueOf(100 * wholeDays);
        return hundredths
                .multiply(BigDecimal.valueOf(days))
                .add(overage(period).multiply(divisor))
                .divide(divisor, digits, RoundingMode.HALF_UP);
    }

    private static LocalDate anniversaryAfter(LocalDate start, LocalDate day) {
        int years = 1;
        while (!start.plusYears(years).isAfter(day)) {
            years++;
        }
        return start.plusYears(years);
    }

    private BigDecimal price(Row row, LocalDate day) {
        if (row.lockedUntil() != null && !day.isAfter(row.lockedUntil())) {
            return row.price();
        }
        Price price = catalogue(row.plan(), day);
        return price == null ? row.price() : price.price();
    }

    private @Nullable Price catalogue(String plan, LocalDate day) {
        Price last = prices.stream()
                .filter(price -> price.plan().equals(plan) && !price.from().isAfter(day))
                .max(Comparator.comparing(Price::from))
                .orElse(null);
        return last == null || (last.to() != null && last.to().isBefore(day)) ? null : last;
    }

    /** For the month before, on the first invoice of the customer's oldest monthly row in force in the period's month. */
    private BigDecimal overage(Period period) {
        YearMonth month = YearMonth.from(period.from());
        Row billed = monthly(period.row().customer()).stream()
                .filter(row -> !row.start().isAfter(month.atEndOfMonth())
                        && (row.end() == null || !row.end().isBefore(month.atDay(1))))
                .findFirst()
                .orElse(null);
        return period.row().equals(billed) ? overage(period.row().customer(), month.minusMonths(1)) : BigDecimal.ZERO;
    }

    private BigDecimal overage(String customer, YearMonth month) {
        LocalDate last = month.atEndOfMonth();
        List<Row> live = monthly(customer).stream()
                .filter(row -> row.inForce(last) && catalogue(row.plan(), last) != null)
                .toList();
        if (live.isEmpty()) {
            return BigDecimal.ZERO;
        }
        BigDecimal left = BigDecimal.ZERO;
        for (Usage each : usage) {
            if (each.customer().equals(customer)
                    && YearMonth.from(each.day()).equals(month)
                    && !onTrial(customer, each.day())) {
                left = left.add(each.units());
            }
        }
        for (Row row : live) {
            left = left.subtract(required(row.plan(), last).included().multiply(BigDecimal.valueOf(row.quantity())));
        }
        return left.max(BigDecimal.ZERO)
                .multiply(required(live.getFirst().plan(), last).overage());
    }

    private Price required(String plan, LocalDate day) {
        Price price = catalogue(plan, day);
        if (price == null) {
            throw new IllegalStateException("no price of " + plan + " on " + day);
        }
        return price;
    }

    private boolean onTrial(String customer, LocalDate day) {
        List<Row> there =
                monthly(customer).stream().filter(row -> row.inForce(day)).toList();
        return !there.isEmpty() && there.stream().allMatch(row -> row.inTrial(day));
    }

    private List<Row> monthly(String customer) {
        return rows.stream()
                .filter(row -> row.customer().equals(customer) && !row.annual())
                .sorted(Comparator.comparing(Row::start).thenComparing(Row::id))
                .toList();
    }
}
