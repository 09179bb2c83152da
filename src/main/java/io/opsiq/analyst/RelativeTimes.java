package io.opsiq.analyst;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Times that are told from the clock: this month, last 90 days, yesterday, year to date, two weeks ago. */
final class RelativeTimes {

    private static final int MOST_UNITS = 1000;
    private static final Set<String> THIS = Set.of("this", "current");
    private static final Set<String> LAST =
            Set.of("last", "past", "previous", "prior", "trailing", "preceding", "recent");

    private final List<Token> tokens;
    private final LocalDate clock;

    RelativeTimes(List<Token> tokens, LocalDate clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    Optional<TimePhrase> at(int i) {
        return switch (word(i)) {
            case "today" -> one(Grain.DAY, 0);
            case "yesterday" -> one(Grain.DAY, -1);
            case "tomorrow" -> one(Grain.DAY, 1);
            case "ytd" -> one(Grain.YEAR, 0);
            case "qtd" -> one(Grain.QUARTER, 0);
            case "mtd" -> one(Grain.MONTH, 0);
            case "wtd" -> one(Grain.WEEK, 0);
            default -> toDate(i).or(() -> counted(i)).or(() -> ago(i));
        };
    }

    private Optional<TimePhrase> one(Grain unit, int away) {
        return Optional.of(new TimePhrase(unitAway(unit, away), 1));
    }

    private Period unitAway(Grain unit, int away) {
        return Period.of(unit, unit.plus(clock, away));
    }

    private Optional<TimePhrase> toDate(int i) {
        Grain unit = Grain.named(word(i));
        return unit != null && word(i + 1).equals("to") && word(i + 2).equals("date")
                ? Optional.of(new TimePhrase(unitAway(unit, 0), 3))
                : Optional.empty();
    }

    /** This month, next quarter, last three complete weeks. */
    private Optional<TimePhrase> counted(int i) {
        String which = word(i);
        if (!LAST.contains(which) && !THIS.contains(which) && !which.equals("next")) {
            return Optional.empty();
        }
        int at = afterWhole(i + 1);
        Optional<Integer> number = NumberWords.number(word(at));
        at = number.isPresent() ? at + 1 : at;
        at = afterWhole(at);
        Grain unit = unit(at);
        int length = at + 1 - i;
        return unit == null
                ? Optional.empty()
                : counted(which, number, unit).map(period -> new TimePhrase(period, length));
    }

    private int afterWhole(int i) {
        return word(i).matches("full|complete|calendar") ? i + 1 : i;
    }

    private Optional<Period> counted(String which, Optional<Integer> number, Grain unit) {
        if (which.equals("next")) {
            return Optional.of(unitAway(unit, 1));
        }
        if (THIS.contains(which)) {
            return number.isPresent() ? Optional.empty() : Optional.of(unitAway(unit, 0));
        }
        return number.filter(n -> n < 1 || n > MOST_UNITS).isPresent()
                ? Optional.empty()
                : Optional.of(back(unit, number.orElse(0)));
    }

    /** Days up to and with the clock's; of other units the complete ones before the clock's. */
    private Period back(Grain unit, int number) {
        if (unit == Grain.DAY) {
            return number == 0 ? Period.of(unit, clock.minusDays(1)) : Period.days(clock.minusDays(number - 1L), clock);
        }
        LocalDate start = unit.start(clock);
        return new Period(unit.plus(start, -Math.max(1, number)), start.minusDays(1), unit);
    }

    private Optional<TimePhrase> ago(int i) {
        Grain unit = unit(i + 1);
        if (unit == null || !word(i + 2).equals("ago")) {
            return Optional.empty();
        }
        return (word(i).matches("an?") ? Optional.of(1) : NumberWords.number(word(i)))
                .filter(number -> number <= MOST_UNITS)
                .map(number -> new TimePhrase(unitAway(unit, -number), 3));
    }

    private @Nullable Grain unit(int i) {
        return i < tokens.size() ? Grain.named(tokens.get(i).stem()) : null;
    }

    private String word(int i) {
        return Words.at(tokens, i);
    }
}
