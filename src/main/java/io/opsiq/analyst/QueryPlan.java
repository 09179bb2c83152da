package io.opsiq.analyst;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question, understood. Whoever writes it, it is checked against the model and the books ({@link PlanCheck}) before
 * anything is made of it.
 *
 * @param metrics names of metrics, at least one
 * @param dimensions names of dimensions to split by
 * @param filters all of which hold
 * @param period null: all of the books
 * @param grain of a trend
 * @param against of a comparison or why: the period to compare with; null: the one before
 * @param order what a ranking or list begins with
 * @param limit how many rows at most; null: all
 * @param premise what the question takes for granted
 */
record QueryPlan(
        Intent intent,
        List<String> metrics,
        List<String> dimensions,
        List<Filter> filters,
        @Nullable Period period,
        @Nullable Grain grain,
        @Nullable Period against,
        Order order,
        @Nullable Integer limit,
        @Nullable Direction premise) {

    /** What a ranking or list begins with. */
    enum Order {
        GREATEST,
        LEAST,
        LATEST
    }

    /** Which way a number went. */
    enum Direction {
        UP,
        DOWN
    }

    /**
     * Only rows with one of these values, or without any of them.
     *
     * @param values as the books write them
     */
    record Filter(String dimension, List<String> values, boolean excluded) {}

    String metric() {
        return metrics.getFirst();
    }

    QueryPlan with(Intent other) {
        return new QueryPlan(other, metrics, dimensions, filters, period, grain, against, order, limit, premise);
    }

    QueryPlan withPeriods(@Nullable Period now, @Nullable Period before) {
        return new QueryPlan(intent, metrics, dimensions, filters, now, grain, before, order, limit, premise);
    }

    QueryPlan withDimensions(List<String> others) {
        return new QueryPlan(intent, metrics, others, filters, period, grain, against, order, limit, premise);
    }

    QueryPlan withFilters(List<Filter> others) {
        return new QueryPlan(intent, metrics, dimensions, others, period, grain, against, order, limit, premise);
    }

    QueryPlan withMetrics(List<String> others) {
        return new QueryPlan(intent, others, dimensions, filters, period, grain, against, order, limit, premise);
    }

    QueryPlan withGrain(@Nullable Grain other) {
        return new QueryPlan(intent, metrics, dimensions, filters, period, other, against, order, limit, premise);
    }

    QueryPlan withLimit(@Nullable Integer other) {
        return new QueryPlan(intent, metrics, dimensions, filters, period, grain, against, order, other, premise);
    }
}
