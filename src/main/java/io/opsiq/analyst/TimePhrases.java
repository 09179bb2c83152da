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
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Reads the words of time: last month, past six months, since June, between … and …, Q1 2026. */
final class TimePhrases {

    private static final Map<String, Integer> NUMBERS = numbers();
    private static final Map<String, Integer> MONTHS = months();
    private static final Map<String, Grain> UNITS = Map.of(
            "day", Grain.DAY, "week", Grain.WEEK, "month", Grain.MONTH, "quarter", Grain.QUARTER, "year", Grain.YEAR);
    private static final Map<String, Integer> ORDINALS =
            Map.of("first", 1, "second", 2, "third", 3, "fourth", 4, "1st", 1, "2nd", 2, "3rd", 3, "4th", 4);
    private static final Set<String> THIS = Set.of("this", "current");
    private static final Set<String> LAST =
            Set.of("last", "past", "previous", "prior", "trailing", "preceding", "recent");
    private static final Set<String> TO = Set.of("to", "until", "till", "through", "thru");

    private final List<Token> tokens;
    private final LocalDate clock;
    private final LocalDate first;

    /**
     * @param clock the day that "now" lies in
     * @param first the first day of the books
     */
    TimePhrases(List<Token> tokens, LocalDate clock, LocalDate first) {
        this.tokens = tokens;
        this.clock = clock;
        this.first = first.isAfter(clock) ? clock : first;
    }

    /**
     * What was read from some words on.
     *
     * @param period null: all of the books
     * @param start where it was said as "from … to …": the period it starts with
     * @param end likewise the one that it ends with
     */
    record Read(
            @Nullable Period period,
            int length,
            @Nullable Period start,
            @Nullable Period end) {

        Read(@Nullable Period period, int length) {
            this(period, length, null, null);
        }
    }

    /** @param atYear the same of another year; null where the year was said or there is none */
    private record Simple(
            Period period, int length, @Nullable IntFunction<Period> atYear) {}

    static @Nullable Grain unit(String stem) {
        return UNITS.get(stem);
    }

    static Optional<Integer> number(Token token) {
        return token.isNumber() && token.word().length() <= 4
                ? Optional.of(Integer.parseInt(token.word()))
                : Optional.ofNullable(NUMBERS.get(token.word()));
    }

    /** The words of time that begin at this word, if any do. */
    Optional<Read> at(int i) {
        return switch (word(i)) {
            case "between" -> range(i + 1, Set.of("and"), 1);
            case "from" -> range(i + 1, TO, 1).or(() -> since(i));
            case "since", "after", "starting", "beginning" -> since(i);
            case "before", "until", "till", "through", "thru" -> before(i);
            case "up" -> word(i + 1).equals("to") ? simple(i + 2).map(end -> upTo(end, 2)) : Optional.empty();
            case "all" -> word(i + 1).equals("time") ? Optional.of(new Read(null, 2)) : Optional.empty();
            case "ever" -> Optional.of(new Read(null, 1));
            default -> range(i, TO, 0).or(() -> simple(i).map(read -> new Read(read.period(), read.length())));
        };
    }

    private Optional<Read> range(int i, Set<String> between, int lead) {
        Optional<Simple> start = simple(i);
        if (start.isEmpty() || !between.contains(word(i + start.get().length()))) {
            return Optional.empty();
        }
        int second = i + start.get().length() + 1;
        return simple(second).flatMap(end -> {
            Period from = start.get().period();
            IntFunction<Period> atYear = start.get().atYear();
            if (atYear != null) {
                from = atYear.apply(end.period().from().getYear());
                from = from.from().isAfter(end.period().until())
                        ? atYear.apply(end.period().from().getYear() - 1)
                        : from;
            }
            return from.from().isAfter(end.period().until())
                    ? Optional.empty()
                    : Optional.of(new Read(
                            spanning(from, end.period()),
                            lead + start.get().length() + 1 + end.length(),
                            from,
                            end.period()));
        });
    }

    private static Period spanning(Period start, Period end) {
        return new Period(start.from(), end.until(), start.unit() == end.unit() ? start.unit() : Grain.DAY);
    }

    private Optional<Read> since(int i) {
        int lead = word(i).matches("starting|beginning") && word(i + 1).matches("in|on|from|with") ? 2 : 1;
        int skip = word(i + lead).equals("the") ? lead + 1 : lead;
        return simple(i + skip).map(start -> {
            LocalDate from = word(i).equals("after")
                    ? start.period().until().plusDays(1)
                    : start.period().from();
            LocalDate until = from.isAfter(clock) ? from : clock;
            return new Read(Period.days(from, until), skip + start.length());
        });
    }

    private Optional<Read> before(int i) {
        return simple(i + 1).map(end -> {
            if (!word(i).equals("before")) {
                return upTo(end, 1);
            }
            LocalDate until = end.period().from().minusDays(1);
            return new Read(Period.days(until.isBefore(first) ? until : first, until), 1 + end.length());
        });
    }

    private Read upTo(Simple end, int lead) {
        LocalDate until = end.period().until();
        return new Read(Period.days(until.isBefore(first) ? until : first, until), lead + end.length());
    }

    private Optional<Simple> simple(int i) {
        return relative(i)
                .or(() -> ago(i))
                .or(() -> isoDate(i))
                .or(() -> dayOfMonth(i))
                .or(() -> month(i))
                .or(() -> quarter(i))
                .or(() -> half(i))
                .or(() -> year(i));
    }

    // -- this month, last 90 days, yesterday, year to date

    private Optional<Simple> relative(int i) {
        return switch (word(i)) {
            case "today" -> Optional.of(current(Grain.DAY, 0));
            case "yesterday" -> Optional.of(current(Grain.DAY, -1));
            case "tomorrow" -> Optional.of(current(Grain.DAY, 1));
            case "ytd" -> Optional.of(current(Grain.YEAR, 0));
            case "qtd" -> Optional.of(current(Grain.QUARTER, 0));
            case "mtd" -> Optional.of(current(Grain.MONTH, 0));
            case "wtd" -> Optional.of(current(Grain.WEEK, 0));
            default -> toDate(i).or(() -> counted(i));
        };
    }

    private Simple current(Grain unit, int away) {
        return new Simple(Period.of(unit, unit.plus(clock, away)), 1, null);
    }

    private Optional<Simple> toDate(int i) {
        Grain unit = UNITS.get(word(i));
        return unit != null && word(i + 1).equals("to") && word(i + 2).equals("date")
                ? Optional.of(new Simple(Period.of(unit, clock), 3, null))
                : Optional.empty();
    }

    private Optional<Simple> counted(int i) {
        boolean last = LAST.contains(word(i));
        boolean next = word(i).equals("next");
        if (!last && !next && !THIS.contains(word(i))) {
            return Optional.empty();
        }
        int skip = word(i + 1).matches("full|complete|calendar|few|couple") ? 1 : 0;
        if (word(i + 1).equals("few") || word(i + 1).equals("couple")) {
            return Optional.empty();
        }
        Optional<Integer> number = i + 1 + skip < tokens.size() ? number(tokens.get(i + 1 + skip)) : Optional.empty();
        int at = i + 1 + skip + (number.isPresent() ? 1 : 0);
        int further = at < tokens.size() && word(at).matches("full|complete|calendar") ? 1 : 0;
        Grain unit = at + further < tokens.size()
                ? UNITS.get(tokens.get(at + further).stem())
                : null;
        if (unit == null) {
            return Optional.empty();
        }
        int length = at + further + 1 - i;
        if (next) {
            return Optional.of(new Simple(Period.of(unit, unit.plus(clock, 1)), length, null));
        }
        if (!last) {
            return number.isPresent()
                    ? Optional.empty()
                    : Optional.of(new Simple(Period.of(unit, clock), length, null));
        }
        return number.filter(n -> n < 1 || n > 1000).isPresent()
                ? Optional.empty()
                : Optional.of(new Simple(back(unit, number.orElse(0)), length, null));
    }

    /** Days up to and with the clock's; of other units the complete ones before the clock's. */
    private Period back(Grain unit, int number) {
        if (unit == Grain.DAY) {
            return number == 0 ? Period.of(unit, clock.minusDays(1)) : Period.days(clock.minusDays(number - 1L), clock);
        }
        LocalDate start = unit.start(clock);
        return new Period(unit.plus(start, -Math.max(1, number)), start.minusDays(1), unit);
    }

    private Optional<Simple> ago(int i) {
        Optional<Integer> number = word(i).matches("an?|one")
                ? Optional.of(1)
                : i < tokens.size() ? number(tokens.get(i)) : Optional.empty();
        Grain unit = i + 1 < tokens.size() ? UNITS.get(tokens.get(i + 1).stem()) : null;
        return number.isPresent()
                        && number.get() <= 1000
                        && unit != null
                        && word(i + 2).equals("ago")
                ? Optional.of(new Simple(Period.of(unit, unit.plus(clock, -number.get())), 3, null))
                : Optional.empty();
    }

    // -- dates, months, quarters, years

    private Optional<Simple> isoDate(int i) {
        try {
            String word = word(i);
            if (word.matches("\\d{4}-\\d{2}-\\d{2}")) {
                return Optional.of(new Simple(Period.of(Grain.DAY, LocalDate.parse(word)), 1, null));
            }
            if (word.matches("\\d{4}-\\d{2}")) {
                return Optional.of(
                        new Simple(Period.of(Grain.MONTH, YearMonth.parse(word).atDay(1)), 1, null));
            }
        } catch (DateTimeException e) {
            return Optional.empty(); // such as 2026-02-30: no date, and so a word that is not known
        }
        return Optional.empty();
    }

    /** 15 March 2026, March 15. */
    private Optional<Simple> dayOfMonth(int i) {
        boolean dayFirst = word(i).matches("\\d{1,2}(st|nd|rd|th)?");
        int of = dayFirst && word(i + 1).equals("of") ? 1 : 0;
        String month = dayFirst ? word(i + 1 + of) : word(i);
        String day = dayFirst ? word(i) : word(i + 1);
        if (!MONTHS.containsKey(month) || !day.matches("\\d{1,2}(st|nd|rd|th)?")) {
            return Optional.empty();
        }
        int number = Integer.parseInt(day.replaceAll("\\D", ""));
        int after = i + 2 + of;
        IntFunction<Period> atYear =
                year -> Period.of(Grain.DAY, LocalDate.of(year, MONTHS.getOrDefault(month, 1), number));
        return dated(atYear, after, 2 + of);
    }

    private Optional<Simple> month(int i) {
        Integer month = MONTHS.get(word(i));
        if (month == null && word(i).matches("this|last|past|previous") && MONTHS.containsKey(word(i + 1))) {
            return month(i + 1).map(read -> new Simple(read.period(), read.length() + 1, read.atYear()));
        }
        if (month == null || isVerb(i)) {
            return Optional.empty();
        }
        return dated(year -> Period.of(Grain.MONTH, LocalDate.of(year, month, 1)), i + 1, 1);
    }

    /** "may" is a month only where something says so. */
    private boolean isVerb(int i) {
        return word(i).equals("may")
                && !yearAt(i + 1).isPresent()
                && !(i > 0
                        && word(i - 1)
                                .matches(
                                        "in|since|before|after|until|of|during|for|from|to|and|between|vs|versus|last|this"))
                && !(i > 0 && tokens.get(i).raw().equals("May"));
    }

    private Optional<Simple> quarter(int i) {
        if (word(i).matches("q[1-4]")) {
            return quarter(word(i).charAt(1) - '0', i + 1, 1);
        }
        Integer ordinal = ORDINALS.get(word(i));
        return ordinal != null && word(i + 1).equals("quarter") ? quarter(ordinal, i + 2, 2) : Optional.empty();
    }

    private Optional<Simple> quarter(int number, int after, int length) {
        return dated(year -> Period.of(Grain.QUARTER, LocalDate.of(year, 3 * number - 2, 1)), after, length);
    }

    private Optional<Simple> half(int i) {
        Integer number = switch (word(i)) {
            case "h1" -> 1;
            case "h2" -> 2;
            default -> word(i + 1).equals("half") ? ORDINALS.get(word(i)) : null;
        };
        if (number == null || number > 2) {
            return Optional.empty();
        }
        int length = word(i).startsWith("h") ? 1 : 2;
        return dated(
                year -> new Period(
                        LocalDate.of(year, 6 * number - 5, 1),
                        LocalDate.of(year, 6 * number, number == 1 ? 30 : 31),
                        Grain.QUARTER),
                i + length,
                length);
    }

    private Optional<Simple> year(int i) {
        int lead = word(i).equals("year") ? 1 : 0;
        return yearAt(i + lead)
                .map(year -> new Simple(Period.of(Grain.YEAR, LocalDate.of(year, 1, 1)), lead + 1, null));
    }

    /** With the year that is said, else that of the latest that had begun by the clock. */
    private Optional<Simple> dated(IntFunction<Period> atYear, int after, int length) {
        try {
            int of = word(after).matches("of|in") && yearAt(after + 1).isPresent() ? 1 : 0;
            Optional<Integer> year = yearAt(after + of);
            if (year.isPresent()) {
                return Optional.of(new Simple(atYear.apply(year.get()), length + of + 1, null));
            }
            Period latest = atYear.apply(clock.getYear());
            Period begun = latest.from().isAfter(clock) ? atYear.apply(clock.getYear() - 1) : latest;
            int thisYear = word(after).matches("this|last") && word(after + 1).equals("year") ? 2 : 0;
            if (thisYear > 0) {
                int said = clock.getYear() - (word(after).equals("last") ? 1 : 0);
                return Optional.of(new Simple(atYear.apply(said), length + 2, null));
            }
            return Optional.of(new Simple(begun, length, atYear));
        } catch (DateTimeException e) {
            return Optional.empty(); // such as 31 June
        }
    }

    private Optional<Integer> yearAt(int i) {
        return word(i).matches("(19|20)\\d\\d") ? Optional.of(Integer.parseInt(word(i))) : Optional.empty();
    }

    private String word(int i) {
        return i >= 0 && i < tokens.size() ? tokens.get(i).word() : "";
    }

    private static Map<String, Integer> numbers() {
        Map<String, Integer> numbers = new HashMap<>();
        String[] words = {
            "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"
        };
        for (int i = 0; i < words.length; i++) {
            numbers.put(words[i], i + 1);
        }
        numbers.putAll(Map.of("fifteen", 15, "twenty", 20, "thirty", 30, "sixty", 60, "ninety", 90));
        return Map.copyOf(numbers);
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
