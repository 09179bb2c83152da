package io.opsiq.analyst;

import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.Locale;

/**
 * A stretch of days.
 *
 * @param from its first day
 * @param until its last day; of a period that goes on it is the day on which it will end
 * @param unit what it is made of: a month is one MONTH, the last 90 days are DAYs
 */
record Period(LocalDate from, LocalDate until, Grain unit) {

    Period {
        if (until.isBefore(from)) {
            throw new IllegalArgumentException("The period ends (" + until + ") before it begins (" + from + ").");
        }
    }

    static Period of(Grain unit, LocalDate day) {
        return new Period(unit.start(day), unit.end(day), unit);
    }

    static Period days(LocalDate from, LocalDate until) {
        return new Period(from, until, Grain.DAY);
    }

    /** Whether it goes on after the clock's day. */
    boolean goesOnAfter(LocalDate clock) {
        return until.isAfter(clock) && !from.isAfter(clock);
    }

    /** What of it has happened by the clock's day. */
    Period until(LocalDate clock) {
        return goesOnAfter(clock) ? new Period(from, clock, unit) : this;
    }

    /** How many units it is long. */
    long units() {
        long units = 0;
        for (LocalDate day = from; !day.isAfter(until); day = unit.plus(day, 1)) {
            units++;
        }
        return units;
    }

    /** As many units as it has, just before it. */
    Period before() {
        return new Period(unit.plus(from, -units()), from.minusDays(1), unit);
    }

    /** The same a year earlier; weeks stay weeks. */
    Period yearBefore() {
        return unit == Grain.WEEK
                ? new Period(from.minusWeeks(52), until.minusWeeks(52), unit)
                : new Period(from.minusYears(1), until.plusDays(1).minusYears(1).minusDays(1), unit);
    }

    /** The first days of it, as many as the other has had by the clock; a month ends with its last day. */
    Period firstDaysLike(Period other, LocalDate clock) {
        LocalDate end = from.plusDays(clock.toEpochDay() - other.from().toEpochDay());
        return new Period(from, end.isAfter(until) ? until : end, unit);
    }

    /** Such as October 2026, Q3 2026, 2026-10-01 to 2026-10-22. */
    String label() {
        boolean whole = unit.start(from).equals(from) && unit.end(until).equals(until);
        boolean one = whole && unit.end(from).equals(until);
        return switch (unit) {
            case MONTH -> one ? month(from) : whole ? month(from) + " to " + month(until) : plain();
            case QUARTER -> one ? quarter(from) : whole ? quarter(from) + " to " + quarter(until) : plain();
            case YEAR -> one ? year(from) : whole ? year(from) + " to " + year(until) : plain();
            case WEEK, DAY -> plain();
        };
    }

    /** Its days, such as 2026-10-01 to 2026-10-22. */
    String days() {
        return plain();
    }

    private String plain() {
        return from.equals(until) ? from.toString() : from + " to " + until;
    }

    private static String month(LocalDate day) {
        return day.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH) + " " + day.getYear();
    }

    private static String quarter(LocalDate day) {
        return "Q" + ((day.getMonthValue() + 2) / 3) + " " + day.getYear();
    }

    private static String year(LocalDate day) {
        return Integer.toString(day.getYear());
    }
}
