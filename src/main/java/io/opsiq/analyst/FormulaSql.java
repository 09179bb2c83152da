package io.opsiq.analyst;

import static io.opsiq.analyst.TwoPeriodsSql.part;

import io.opsiq.engine.Sql;
import java.util.List;

/**
 * The formula that a number comes from, before any cut, as rows {@code 'tree'} over {@code total}: two parts, and what each contributes to
 * the change. The second is the remainder, so that what is rounded adds up as well.
 */
record FormulaSql(TwoPeriodsSql both, SemanticModel model) {

    List<String> rows() {
        Metric metric = both.metric();
        return switch (metric.kind()) {
            case SUM -> metric.each() == null ? List.of() : sum(model.metric(metric.each()));
            case COUNT -> List.of();
            case DIFFERENCE -> difference();
            case RATIO -> ratio();
        };
    }

    private String change() {
        return both.total("now") + " - " + both.total("before");
    }

    /** sum = count x average: the effect of the count at the mean average, and the remainder. */
    private List<String> sum(Metric counted) {
        String n1 = part(counted, "total", "now");
        String n0 = part(counted, "total", "before");
        String s1 = part(both.metric(), "total", "now");
        String s0 = part(both.metric(), "total", "before");
        String byCount = """
                cast(round((%1$s - %2$s) * (coalesce(cast(%3$s as double) / nullif(%1$s, 0), cast(%4$s as double) / nullif(%2$s, 0), 0)
                    + coalesce(cast(%4$s as double) / nullif(%2$s, 0), cast(%3$s as double) / nullif(%1$s, 0), 0)) / 2, %5$d) as decimal(38, %5$d))""".formatted(n1, n0, s1, s0, both.digits());
        return List.of(
                "select 2, 1, 'tree', 'count', %s, %s, %s, %s from total"
                        .formatted(Sql.literal(counted.nouns()), n1, n0, byCount),
                "select 2, 2, 'tree', 'average', %s, round(cast(%s as double) / nullif(%s, 0), 2), round(cast(%s as double) / nullif(%s, 0), 2), %s - %s from total"
                        .formatted(Sql.literal("average per " + counted.noun()), s1, n1, s0, n0, change(), byCount));
    }

    private List<String> difference() {
        String plusNow = rounded(both.first(), "now");
        String plusBefore = rounded(both.first(), "before");
        return List.of(
                "select 2, 1, 'tree', 'plus', %1$s, %2$s, %3$s, %2$s - %3$s from total"
                        .formatted(Sql.literal(both.first().label()), plusNow, plusBefore),
                "select 2, 2, 'tree', 'minus', %s, %s, %s, %s - (%s - %s) from total"
                        .formatted(
                                Sql.literal(both.second().label()),
                                rounded(both.second(), "now"),
                                rounded(both.second(), "before"),
                                change(),
                                plusNow,
                                plusBefore));
    }

    private String rounded(Metric part, String side) {
        return both.rounded(part(part, "total", side));
    }

    /** over / under: the effect of what is above at the mean of what is below, and the remainder. */
    private List<String> ratio() {
        String overNow = part(both.first(), "total", "now");
        String overBefore = part(both.first(), "total", "before");
        String underNow = part(both.second(), "total", "now");
        String underBefore = part(both.second(), "total", "before");
        String byOver = """
                round((cast(%1$s as double) - %2$s) * (1 / nullif(cast(%3$s as double), 0) + 1 / nullif(cast(%4$s as double), 0)) / 2, %5$d)""".formatted(overNow, overBefore, underNow, underBefore, both.digits());
        return List.of(
                "select 2, 1, 'tree', 'over', %s, %s, %s, null, null, %s from total"
                        .formatted(Sql.literal(both.first().label()), overNow, overBefore, byOver),
                "select 2, 2, 'tree', 'under', %s, %s, %s, null, null, %s - %s from total"
                        .formatted(Sql.literal(both.second().label()), underNow, underBefore, change(), byOver));
    }
}
