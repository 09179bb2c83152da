package io.opsiq.analyst;

import io.opsiq.analyst.QueryPlan.Filter;
import java.util.ArrayList;
import java.util.List;

/**
 * A question that goes on from the one before: what it says replaces what was said, the rest stays.
 *
 * @param asked the plan of the question by itself, with the earlier numbers where it names none
 */
record FollowUp(QueryPlan base, QueryPlan asked, boolean saysDimension, boolean saysPeriod) {

    QueryPlan plan() {
        List<String> dimensions = saysDimension ? asked.dimensions() : base.dimensions();
        Intent intent = intent();
        return new QueryPlan(
                intent,
                asked.metrics(),
                intent == Intent.SHARE && dimensions.isEmpty() ? asked.dimensions() : dimensions,
                filters(),
                saysPeriod ? asked.period() : base.period(),
                intent == Intent.TREND ? asked.grain() == null ? base.grain() : asked.grain() : null,
                saysPeriod || asked.against() != null ? asked.against() : base.against(),
                asked.order() == QueryPlan.Order.LEAST
                        ? asked.order()
                        : intent == base.intent() ? base.order() : asked.order(),
                asked.limit() == null && intent == base.intent() ? base.limit() : asked.limit(),
                asked.premise());
    }

    private Intent intent() {
        boolean saysNothingNew = asked.intent() == Intent.VALUE || asked.intent() == Intent.DEFINITION;
        if (saysNothingNew) {
            return base.intent() == Intent.DEFINITION ? Intent.VALUE : base.intent();
        }
        boolean splits = asked.intent() == Intent.BREAKDOWN;
        if (splits
                && (base.intent() == Intent.TREND
                        || base.intent() == Intent.TOP
                        || base.intent() == Intent.COMPARISON)) {
            return base.intent();
        }
        return asked.intent();
    }

    private List<Filter> filters() {
        List<Filter> filters = new ArrayList<>(asked.filters());
        base.filters().stream()
                .filter(old -> asked.filters().stream()
                        .noneMatch(now -> now.dimension().equals(old.dimension())))
                .filter(old -> !asked.dimensions().contains(old.dimension()))
                .forEach(filters::add);
        return List.copyOf(filters);
    }
}
