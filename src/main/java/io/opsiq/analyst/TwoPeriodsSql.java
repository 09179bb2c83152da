package io.opsiq.analyst;

/**
 * A metric over the sums of both periods: the part {@code p} of a metric is a column {@code p_now}, {@code p_before} and, where only the
 * first days of the period before are compared, {@code p_whole}.
 */
record TwoPeriodsSql(Metric metric, Aggregates aggregates) {

    static String part(Metric part, String table, String side) {
        return table + "." + part.name() + "_" + side;
    }

    /** One side of all, rounded. */
    String total(String side) {
        return metric.isRatio() ? ratio(side) : sum("total", side);
    }

    /** One side of what is no ratio, rounded, over a table of such columns. */
    String sum(String table, String side) {
        String raw = metric.kind() == Metric.Kind.DIFFERENCE
                ? part(first(), table, side) + " - " + part(second(), table, side)
                : part(metric, table, side);
        return rounded(raw);
    }

    private String ratio(String side) {
        return rounded("cast(%s as double) / nullif(%s, 0)"
                .formatted(part(first(), "total", side), part(second(), "total", side)));
    }

    String rounded(String sql) {
        return "round(" + sql + ", " + digits() + ")";
    }

    int digits() {
        return aggregates.digits(metric);
    }

    Metric first() {
        return aggregates.first(metric);
    }

    Metric second() {
        return aggregates.second(metric);
    }
}
