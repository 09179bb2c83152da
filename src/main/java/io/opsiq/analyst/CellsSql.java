package io.opsiq.analyst;

import io.opsiq.engine.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sums of each part in each period, for all cuts at once. A cut is a dimension or two of them, {@code ''} is the whole.
 *
 * @param parts sums and counts
 * @param whole the whole period before, where only its first days are compared
 */
record CellsSql(
        Ground ground,
        Metric metric,
        List<Metric> parts,
        List<String> dimensions,
        Period now,
        Period before,
        @Nullable Period whole) {

    String sql(String from) {
        return """
                select
                    %s as cut,
                    %s as segment,
                    %s
                from %s
                group by grouping sets (%s)""".formatted(
                        joined(" and ", dimensions.stream().map(this::cut).toList()),
                        joined(" / ", dimensions.stream().map(this::segment).toList()),
                        parts.stream().map(this::sums).collect(Collectors.joining(",\n    ")),
                        from,
                        String.join(", ", sets()));
    }

    private String sums(Metric part) {
        List<String> sums = new ArrayList<>(List.of(sum(part, now, "now"), sum(part, before, "before")));
        if (whole != null) {
            sums.add(sum(part, whole, "whole"));
        }
        return String.join(",\n    ", sums);
    }

    private static String sum(Metric part, Period period, String side) {
        return "coalesce(sum(%1$s) filter (where %2$s), 0) as %1$s_%3$s"
                .formatted(part.name(), FactsSql.within("day", List.of(period)), side);
    }

    private static String joined(String separator, List<String> names) {
        return names.isEmpty() ? "''" : "concat_ws('" + separator + "', " + String.join(", ", names) + ")";
    }

    private String cut(String dimension) {
        String label = ground.model().dimension(dimension).label();
        return whereCut(dimension, Sql.literal(label));
    }

    private String segment(String dimension) {
        String name = isNamed(dimension)
                ? "case when any_value(%1$s_name) = %1$s then %1$s else any_value(%1$s_name) || ' (' || %1$s || ')' end"
                        .formatted(dimension)
                : dimension;
        return whereCut(dimension, name);
    }

    private static String whereCut(String dimension, String sql) {
        return "case when grouping(%s) = 0 then %s end".formatted(dimension, sql);
    }

    private boolean isNamed(String dimension) {
        return ground.place(ground.model().dataset(metric.dataset()), dimension)
                .map(Ground.Place::shownSql)
                .isPresent();
    }

    /** Every dimension, and every two of them; a customer lies in one region and segment, so it is not crossed. */
    private List<String> sets() {
        List<String> sets = new ArrayList<>(List.of("()"));
        dimensions.forEach(each -> sets.add("(" + each + ")"));
        List<String> crossed =
                dimensions.stream().filter(each -> !isNamed(each)).toList();
        for (int i = 0; i < crossed.size(); i++) {
            for (String other : crossed.subList(i + 1, crossed.size())) {
                sets.add("(" + crossed.get(i) + ", " + other + ")");
            }
        }
        return sets;
    }
}
