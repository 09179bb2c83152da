package io.opsiq.analyst;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Month;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** Times by their names: 2026-03-15, 15 March, March 2026, Q1, second half of 2025, 2026. */
final class CalendarTimes {

    private static final Map<String, Integer> MONTHS = months();
    private static final Map<String, Integer> ORDINALS =
            Map.of("first", 1, "second", 2, "third", 3, "fourth", 4, "1st", 1, "2nd", 2, "3rd", 3, "4th", 4);
    private static final String DAY = "\\d{1,2}(st|nd|rd|th)?";

    private final List<Token> tokens;
    private final LocalDate clock;

    CalendarTimes(List<Token> tokens, LocalDate clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    Optional<TimePhrase> at(int i) {
        return isoDate(i)
                .or(() -> dayOfMonth(i))
                .or(() -> month(i))
                .or(() -> quarter(i))
                .or(() -> half(i))
                .or(() -> year(i));
    }

    private Optional<TimePhrase> isoDate(int i) {
        String word = word(i);
        try {
            if (word.matches("\\d{4}-\\d{2}-\\d{2}")) {
                return Optional.of(new TimePhrase(Period.of(Grain.DAY, LocalDate.parse(word)), 1));
            }
            return word.matches("\\d{4}-\\d{2}")
                    ? Optional.of(new TimePhrase(
                            Period.of(Grain.MONTH, YearMonth.parse(word).atDay(1)), 1))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty(); // such as 2026-02-30: no date, and so a word that is not known
        }
    }

    /** 15 March 2026, March 15, 15th of March. */
    private Optional<TimePhrase> dayOfMonth(int i) {
        boolean dayFirst = word(i).matches(DAY);
        int of = dayFirst && word(i + 1).equals("of") ? 1 : 0;
        Integer month = MONTHS.get(word(dayFirst ? i + 1 + of : i));
        String day = word(dayFirst ? i : i + 1);
        if (month == null || !day.matches(DAY)) {
            return Optional.empty();
        }
        int number = Integer.parseInt(day.replaceAll("\\D", ""));
        return dated(year -> Period.of(Grain.DAY, LocalDate.of(year, month, number)), i, 2 + of);
    }

    private Optional<TimePhrase> month(int i) {
        Integer month = MONTHS.get(word(i));
        if (month == null && word(i).matches("this|last|past|previous") && MONTHS.containsKey(word(i + 1))) {
            return month(i + 1).map(phrase -> phrase.longerBy(1));
        }
        return month == null || isVerb(i)
                ? Optional.empty()
                : dated(year -> Period.of(Grain.MONTH, LocalDate.of(year, month, 1)), i, 1);
    }

    /** "may" is a month but where somebody or something may. */
    private boolean isVerb(int i) {
        return word(i).equals("may")
                && (word(i + 1).matches("i|we|you|be|have|not")
                        || word(i - 1).matches("i|we|you|it|they|there|that|who|which"));
    }

    private Optional<TimePhrase> quarter(int i) {
        if (word(i).matches("q[1-4]")) {
            return quarter(word(i).charAt(1) - '0', i, 1);
        }
        Integer ordinal = ORDINALS.get(word(i));
        return ordinal != null && word(i + 1).equals("quarter") ? quarter(ordinal, i, 2) : Optional.empty();
    }

    private Optional<TimePhrase> quarter(int number, int i, int length) {
        return dated(year -> Period.of(Grain.QUARTER, LocalDate.of(year, 3 * number - 2, 1)), i, length);
    }

    private Optional<TimePhrase> half(int i) {
        if (word(i).matches("h[12]")) {
            return half(word(i).charAt(1) - '0', i, 1);
        }
        Integer ordinal = ORDINALS.get(word(i));
        return ordinal != null && ordinal <= 2 && word(i + 1).equals("half") ? half(ordinal, i, 2) : Optional.empty();
    }

    private Optional<TimePhrase> half(int number, int i, int length) {
        return dated(
                year -> {
                    LocalDate start = LocalDate.of(year, 6 * number - 5, 1);
                    return new Period(start, start.plusMonths(6).minusDays(1), Grain.QUARTER);
                },
                i,
                length);
    }

    private Optional<TimePhrase> year(int i) {
        int lead = word(i).equals("year") ? 1 : 0;
        return yearAt(i + lead).map(year -> new TimePhrase(Period.of(Grain.YEAR, LocalDate.of(year, 1, 1)), lead + 1));
    }

    /** With the year that is said, else that of the latest that had begun by the clock. */
    private Optional<TimePhrase> dated(IntFunction<Period> atYear, int i, int length) {
        try {
            return Optional.of(withYear(atYear, i + length).longerBy(length));
        } catch (DateTimeException e) {
            return Optional.empty(); // such as 31 June
        }
    }

    private TimePhrase withYear(IntFunction<Period> atYear, int i) {
        int of = word(i).matches("of|in") && yearAt(i + 1).isPresent() ? 1 : 0;
        Optional<Integer> year = yearAt(i + of);
        if (year.isPresent()) {
            return new TimePhrase(atYear.apply(year.get()), of + 1);
        }
        Period ofThisYear = atYear.apply(clock.getYear());
        Period begun = ofThisYear.from().isAfter(clock) ? atYear.apply(clock.getYear() - 1) : ofThisYear;
        if (word(i).matches("this|last") && word(i + 1).equals("year")) {
            return new TimePhrase(word(i).equals("this") ? ofThisYear : atYear.apply(clock.getYear() - 1), 2);
        }
        return new TimePhrase(begun, 0, atYear);
    }

    private Optional<Integer> yearAt(int i) {
        return word(i).matches("(19|20)\\d\\d") ? Optional.of(Integer.parseInt(word(i))) : Optional.empty();
    }

    private String word(int i) {
        return Words.at(tokens, i);
    }

    private static Map<String, Integer> months() {
        Map<String, Integer> months = new HashMap<>();
        for (Month month : Month.values()) {
            String name = month.name().toLowerCase(Locale.ROOT);
            months.put(name, month.getValue());
            months.put(name.substring(0, 3), month.getValue());
        }
        months.put("sept", 9);
        return Map.copyOf(months);
    }
}
