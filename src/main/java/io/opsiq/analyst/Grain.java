package io.opsiq.analyst;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A unit of the calendar; weeks start on Monday. */
enum Grain {
    DAY,
    WEEK,
    MONTH,
    QUARTER,
    YEAR;

    static @Nullable Grain named(String word) {
        return Stream.of(values())
                .filter(grain -> grain.word().equals(word))
                .findFirst()
                .orElse(null);
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The first day of the unit that the day lies in. */
    LocalDate start(LocalDate day) {
        return switch (this) {
            case DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
            case QUARTER -> day.withDayOfMonth(1).minusMonths((day.getMonthValue() - 1) % 3);
            case YEAR -> day.withDayOfYear(1);
        };
    }

    /** So many units later. */
    LocalDate plus(LocalDate day, long units) {
        return switch (this) {
            case DAY -> day.plusDays(units);
            case WEEK -> day.plusWeeks(units);
            case MONTH -> day.plusMonths(units);
            case QUARTER -> day.plusMonths(3 * units);
            case YEAR -> day.plusYears(units);
        };
    }

    /** The last day of the unit that the day lies in. */
    LocalDate end(LocalDate day) {
        return plus(start(day), 1).minusDays(1);
    }
}
