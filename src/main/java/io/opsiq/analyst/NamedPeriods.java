package io.opsiq.analyst;

import io.opsiq.analyst.Meaning.Cue;
import io.opsiq.analyst.Meaning.Time;
import io.opsiq.analyst.Meaning.ValueNamed;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The period that a question is about, and the one that it is put against. */
final class NamedPeriods {

    private final Sentence sentence;
    private final LocalDate clock;

    NamedPeriods(Sentence sentence, LocalDate clock) {
        this.sentence = sentence;
        this.clock = clock;
    }

    /**
     * What was said of time.
     *
     * @param period null: all of the books
     * @param against null: not said
     * @param said whether any time was named
     * @param two whether one period is put against another
     */
    record Periods(@Nullable Period period, @Nullable Period against, boolean said, boolean two) {}

    Periods periods() {
        List<Time> times = sentence.all(Time.class);
        boolean compares = sentence.has(Cue.VERSUS, Cue.CHANGE, Cue.WHY, Cue.UP, Cue.DOWN);
        if (times.size() > (compares ? 2 : 1)) {
            throw new Unclear(
                    "I read more than one period and cannot tell which one is meant. Maybe put “versus” or “between … and …”.");
        }
        return switch (times.size()) {
            case 0 -> new Periods(null, yearBefore(Period.of(Grain.MONTH, clock)), false, false);
            case 1 -> one(times.getFirst(), compares);
            default -> two(times.getFirst().period(), times.getLast().period());
        };
    }

    private @Nullable Period yearBefore(@Nullable Period period) {
        return sentence.has(Cue.A_YEAR_AGO) && period != null ? period.yearBefore() : null;
    }

    private Periods one(Time time, boolean compares) {
        if (compares && time.start() != null && time.end() != null) {
            return new Periods(time.end(), time.start(), true, true);
        }
        Period period = time.period();
        return period != null && isPutAgainstNow()
                ? new Periods(Period.of(period.unit(), clock), period, true, true)
                : new Periods(period, yearBefore(period), true, false);
    }

    private boolean isPutAgainstNow() {
        return sentence.has(Cue.VERSUS)
                && !sentence.has(Cue.THE_ONE_BEFORE, Cue.A_YEAR_AGO)
                && !putsValuesAgainstEachOther()
                && isPeriodAfterVersus();
    }

    /** In "more in NA than in EMEA last month" the month is that of both. */
    private boolean putsValuesAgainstEachOther() {
        Set<String> dimensions = new HashSet<>();
        return sentence.spans().stream()
                .flatMap(span -> span.all(ValueNamed.class).stream().limit(1))
                .anyMatch(value -> !dimensions.add(value.dimension()));
    }

    /** In "revenue versus last month" only what it is put against is said. */
    private boolean isPeriodAfterVersus() {
        int versus = sentence.first(span -> span.is(Cue.VERSUS));
        return sentence.first(Span::isMetric) < versus && versus < sentence.first(Span::isTime);
    }

    private static Periods two(@Nullable Period one, @Nullable Period other) {
        if (one == null || other == null || one.equals(other)) {
            throw new Unclear("I cannot compare all of the books with a part of them.");
        }
        boolean inOrder = one.from().isBefore(other.from());
        return inOrder ? new Periods(other, one, true, true) : new Periods(one, other, true, true);
    }
}
