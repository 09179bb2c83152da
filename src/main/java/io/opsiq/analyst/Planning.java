package io.opsiq.analyst;

import io.opsiq.analyst.Meaning.Count;
import io.opsiq.analyst.Meaning.Cue;
import io.opsiq.analyst.QueryPlan.Direction;
import io.opsiq.analyst.QueryPlan.Order;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes a plan of what a question is after: with the order, the number of rows and the grain that go with it. */
final class Planning {

    private static final int TOP = 10;
    private static final int MOST_DAYS_BY_DAY = 45;

    private final Purpose purpose;
    private final Sentence sentence;
    private final Intent intent;

    Planning(Purpose purpose) {
        this.purpose = purpose;
        this.sentence = purpose.sentence();
        this.intent = purpose.intent();
    }

    QueryPlan plan() {
        Integer limit = limit();
        requireSomethingToRank();
        return new QueryPlan(
                intent,
                purpose.metrics(),
                purpose.splitBy(intent),
                purpose.filters(),
                purpose.periods().period(),
                grain(),
                purpose.periods().against(),
                order(),
                limit,
                premise());
    }

    private boolean ranks() {
        return sentence.has(Cue.TOP, Cue.BOTTOM);
    }

    private boolean hasRows() {
        return intent == Intent.TOP || intent == Intent.LIST;
    }

    private void requireSomethingToRank() {
        if (ranks() && !hasRows() && intent != Intent.TREND) {
            throw new Unclear("I cannot tell what to rank.");
        }
    }

    private @Nullable Integer limit() {
        List<Integer> counts =
                sentence.all(Count.class).stream().map(Count::number).toList();
        if (counts.isEmpty()) {
            return intent == Intent.TOP || (intent == Intent.LIST && ranks()) ? TOP : null;
        }
        if (counts.size() > 1 || !hasRows()) {
            throw new Unclear(
                    "I cannot tell what the number " + counts.getFirst() + " is for; I cannot yet choose by amounts.");
        }
        return counts.getFirst();
    }

    private @Nullable Grain grain() {
        return intent == Intent.TREND ? Objects.requireNonNullElse(sentence.grain(), usualGrain()) : null;
    }

    private Grain usualGrain() {
        Period period = purpose.periods().period();
        boolean isShort =
                period != null && period.until().toEpochDay() - period.from().toEpochDay() <= MOST_DAYS_BY_DAY;
        return isShort ? Grain.DAY : Grain.MONTH;
    }

    private Order order() {
        if (sentence.has(Cue.BOTTOM)) {
            return Order.LEAST;
        }
        return intent == Intent.LIST && !ranks() ? Order.LATEST : Order.GREATEST;
    }

    private @Nullable Direction premise() {
        boolean up = sentence.has(Cue.UP);
        if ((intent != Intent.WHY && intent != Intent.COMPARISON) || up == sentence.has(Cue.DOWN)) {
            return null;
        }
        return up ? Direction.UP : Direction.DOWN;
    }
}
