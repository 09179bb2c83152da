package io.opsiq.analyst;

import io.opsiq.analyst.Meaning.Time;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the words of time: last month, past six months, since June, between … and …, Q1 2026. */
final class TimePhrases {

    private static final Set<String> TO = Set.of("to", "until", "till", "through", "thru");
    private static final Set<String> AND = Set.of("and");

    private final List<Token> tokens;
    private final LocalDate clock;
    private final LocalDate first;
    private final RelativeTimes relative;
    private final CalendarTimes calendar;

    /**
     * @param clock the day that "now" lies in
     * @param first the first day of the books
     */
    TimePhrases(List<Token> tokens, LocalDate clock, LocalDate first) {
        this.tokens = tokens;
        this.clock = clock;
        this.first = first.isAfter(clock) ? clock : first;
        this.relative = new RelativeTimes(tokens, clock);
        this.calendar = new CalendarTimes(tokens, clock);
    }

    /** The words of time that begin at this word, if any do. */
    Optional<Span> at(int i) {
        return switch (word(i)) {
            case "between" -> range(i, 1, AND);
            case "from" -> range(i, 1, TO).or(() -> since(i));
            case "since", "after", "starting", "beginning" -> since(i);
            case "before" -> before(i);
            case "until", "till", "through", "thru" -> upTo(i, 1);
            case "up" -> word(i + 1).equals("to") ? upTo(i, 2) : Optional.empty();
            case "all" -> word(i + 1).equals("time") ? Optional.of(span(i, 2, null)) : Optional.empty();
            case "ever" -> Optional.of(span(i, 1, null));
            default -> range(i, 0, TO).or(() -> one(i).map(time -> span(i, time.length(), time.period())));
        };
    }

    private static Span span(int i, int length, @Nullable Period period) {
        return new Span(i, length, List.of(new Time(period, null, null)));
    }

    private Optional<TimePhrase> one(int i) {
        return relative.at(i).or(() -> calendar.at(i));
    }

    /** @param lead how many words stand before the first time */
    private Optional<Span> range(int i, int lead, Set<String> between) {
        return one(i + lead)
                .filter(start -> between.contains(word(i + lead + start.length())))
                .map(start -> start.longerBy(lead + 1))
                .flatMap(start -> one(i + start.length()).flatMap(end -> range(i, start, end)));
    }

    private static Optional<Span> range(int i, TimePhrase start, TimePhrase end) {
        Period from = start.lastBefore(end.period());
        Period until = end.period();
        return from.from().isAfter(until.until())
                ? Optional.empty()
                : Optional.of(new Span(
                        i, start.length() + end.length(), List.of(new Time(spanning(from, until), from, until))));
    }

    private static Period spanning(Period start, Period end) {
        return new Period(start.from(), end.until(), start.unit() == end.unit() ? start.unit() : Grain.DAY);
    }

    private Optional<Span> since(int i) {
        int lead = word(i).matches("starting|beginning") && word(i + 1).matches("in|on|from|with") ? 2 : 1;
        int skip = word(i + lead).equals("the") ? lead + 1 : lead;
        return one(i + skip).map(time -> {
            Period start = time.period();
            LocalDate from = word(i).equals("after") ? start.until().plusDays(1) : start.from();
            return span(i, skip + time.length(), Period.days(from, from.isAfter(clock) ? from : clock));
        });
    }

    private Optional<Span> before(int i) {
        return one(i + 1)
                .map(time -> span(
                        i, 1 + time.length(), fromFirst(time.period().from().minusDays(1))));
    }

    private Optional<Span> upTo(int i, int lead) {
        return one(i + lead)
                .map(time ->
                        span(i, lead + time.length(), fromFirst(time.period().until())));
    }

    private Period fromFirst(LocalDate until) {
        return Period.days(until.isBefore(first) ? until : first, until);
    }

    private String word(int i) {
        return Words.at(tokens, i);
    }
}
