package io.opsiq.seed;

import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fills in the date tokens of the templates: {@code {today 00:00}}, {@code {today-1 14:45}}, {@code {this month 2 10:00}},
 * {@code {last month 22 10:00}}, {@code {7 months ago 1 00:00}}.
 *
 * @param today the day of the books, on which or before which all their facts lie
 */
record DemoCalendar(LocalDate today) {
    /** Before it, {@code today-1} could not be in this month and after the invoices of its first days. */
    private static final int FIRST_DAY_WITH_A_MONTH_BEHIND_IT = 6;

    // A brace before a quote opens the JSON of a signal, no token.
    private static final Pattern TOKEN = Pattern.compile("\\{([^{}\"]*)}");
    private static final Pattern DAY = Pattern.compile("today(?:-(?<days>\\d+))? (?<time>\\d\\d:\\d\\d)");
    private static final Pattern DAY_OF_MONTH = Pattern.compile(
            "(?<month>this month|last month|(?<ago>\\d+) months ago) (?<day>\\d+) (?<time>\\d\\d:\\d\\d)");
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    /** The clock's day in UTC; in the first days of a month the last day of the month before. */
    static DemoCalendar at(Clock clock) {
        LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return new DemoCalendar(
                day.getDayOfMonth() >= FIRST_DAY_WITH_A_MONTH_BEHIND_IT
                        ? day
                        : day.withDayOfMonth(1).minusDays(1));
    }

    String resolve(String template) {
        return TOKEN.matcher(template).replaceAll(token -> TIMESTAMP.format(moment(token.group(1))));
    }

    private LocalDateTime moment(String token) {
        Matcher day = DAY.matcher(token);
        if (day.matches()) {
            return today.minusDays(number(day.group("days"))).atTime(LocalTime.parse(day.group("time")));
        }
        Matcher dayOfMonth = DAY_OF_MONTH.matcher(token);
        if (dayOfMonth.matches()) {
            return month(dayOfMonth)
                    .atDay(Integer.parseInt(dayOfMonth.group("day")))
                    .atTime(LocalTime.parse(dayOfMonth.group("time")));
        }
        throw new IllegalArgumentException(
                "{%s} is no date of the demo books. Maybe {today-1 14:45} or {last month 22 10:00} is meant."
                        .formatted(token));
    }

    private YearMonth month(Matcher dayOfMonth) {
        YearMonth thisMonth = YearMonth.from(today);
        return switch (dayOfMonth.group("month")) {
            case "this month" -> thisMonth;
            case "last month" -> thisMonth.minusMonths(1);
            default -> thisMonth.minusMonths(number(dayOfMonth.group("ago")));
        };
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
