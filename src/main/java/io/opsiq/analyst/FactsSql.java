package io.opsiq.analyst;

import io.opsiq.analyst.Ground.MoneyMode;
import io.opsiq.analyst.Ground.Place;
import io.opsiq.analyst.QueryPlan.Filter;
import io.opsiq.engine.Sql;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The named query {@code facts} that every statement begins with: one row a fact, with its day, its dimensions, its
 * currency and a column for each sum or count. With {@code converted} beside it where amounts are converted, at the rate of the
 * day the fact happened on.
 */
final class FactsSql {

    private final Ground ground;
    private final QueryPlan plan;
    private final Collection<Metric> parts;
    private final List<String> dimensions;
    private final List<Period> periods;
    private final MoneyMode money;

    /**
     * @param parts sums and counts
     * @param dimensions to be columns
     * @param periods a fact lies in one of them; none: in any
     */
    FactsSql(
            Ground ground,
            QueryPlan plan,
            Collection<Metric> parts,
            List<String> dimensions,
            List<Period> periods,
            MoneyMode money) {
        this.ground = ground;
        this.plan = plan;
        this.parts = parts;
        this.dimensions = dimensions;
        this.periods = periods;
        this.money = money;
    }

    /** The name of the last of {@link #queries()}: where facts are to be read from. */
    String name() {
        return money instanceof MoneyMode.Converted ? "converted" : "facts";
    }

    /** Names to bodies, in order. */
    Map<String, String> queries() {
        Map<String, String> queries = new LinkedHashMap<>();
        Map<List<@Nullable Object>, List<Metric>> branches = new LinkedHashMap<>();
        for (Metric part : parts) {
            List<@Nullable Object> same = new ArrayList<>();
            same.add(part.dataset());
            same.add(part.time());
            same.add(part.where());
            branches.computeIfAbsent(same, key -> new ArrayList<>()).add(part);
        }
        queries.put("facts", branches.values().stream().map(this::branch).collect(Collectors.joining("\nunion all\n")));
        if (money instanceof MoneyMode.Converted(String base)) {
            queries.put("rates", """
                    select upper(currency) as currency, cast(rate_date as date) as rate_date,
                        max(cast(rate_to_base as decimal(20, 8))) as rate
                    from fx_rates
                    group by 1, 2""");
            queries.put("converted", """
                    select facts.* replace (%s)
                    from facts
                    asof left join rates on facts.currency = rates.currency and facts.rated_on >= rates.rate_date""".formatted(parts.stream()
                    .filter(Metric::isMoney)
                    .map(part -> "%1$s * case when facts.currency = %2$s then 1 else rates.rate end as %1$s"
                            .formatted(part.name(), Sql.literal(base)))
                    .collect(Collectors.joining(", "))));
        }
        return queries;
    }

    /** Facts of one table, dated and chosen alike. */
    private String branch(List<Metric> alike) {
        Metric first = alike.getFirst();
        Dataset dataset = ground.model().dataset(first.dataset());
        String day = first.time() == null
                ? "date '" + ground.clock() + "'"
                : ground.sql(dataset, first.time()).orElseThrow();
        Set<String> joined = new LinkedHashSet<>();
        List<String> columns = new ArrayList<>();
        columns.add(day + " as day");
        if (money instanceof MoneyMode.Converted) {
            columns.add(ground.sql(dataset, first.time() == null ? "" : "day").orElse("date '" + ground.clock() + "'")
                    + " as rated_on");
        }
        dimensions.forEach(dimension -> columns.addAll(dimensionColumns(dataset, dimension, joined)));
        if (!dimensions.contains("currency") && !(money instanceof MoneyMode.None)) {
            columns.add(ground.sql(dataset, "currency").orElse("null") + " as currency");
        }
        parts.forEach(part -> columns.add(value(part, alike, dataset) + " as " + part.name()));
        List<String> conditions = conditions(first, dataset, day, joined);
        return "select\n    " + String.join(",\n    ", columns) + "\nfrom " + dataset.source()
                + (joined.isEmpty() ? "" : "\n" + join(dataset))
                + (conditions.isEmpty() ? "" : "\nwhere " + String.join("\n    and ", conditions));
    }

    private String value(Metric part, List<Metric> alike, Dataset dataset) {
        if (!alike.contains(part)) {
            return "0";
        }
        return part.value() == null ? "1" : ground.sql(dataset, part.value()).orElseThrow();
    }

    static String join(Dataset dataset) {
        return "left join customers on customers.customer_id = %s.%s".formatted(dataset.source(), dataset.customers());
    }

    private List<String> dimensionColumns(Dataset dataset, String dimension, Set<String> joined) {
        Place place = ground.place(dataset, dimension).orElseThrow();
        List<String> columns = new ArrayList<>();
        note(place.sql(), dataset, joined);
        columns.add(orNone(place.sql()) + " as " + dimension);
        String shown = place.shownSql();
        if (shown != null) {
            note(shown, dataset, joined);
            columns.add(orNone(shown) + " as " + dimension + "_name");
        }
        return columns;
    }

    private static void note(String sql, Dataset dataset, Set<String> joined) {
        if (!dataset.name().equals("customers") && sql.contains("customers.")) {
            joined.add("customers");
        }
    }

    private List<String> conditions(Metric part, Dataset dataset, String day, Set<String> joined) {
        List<String> conditions = new ArrayList<>();
        if (part.where() != null) {
            conditions.add(ground.expanded(dataset, part.where()));
        }
        if (part.time() != null && !periods.isEmpty()) {
            conditions.add(within(day, periods));
        }
        ground.filters(plan, part).forEach(filter -> conditions.add(condition(filter, dataset, joined)));
        return conditions;
    }

    static String within(String day, List<Period> periods) {
        String sql = periods.stream()
                .map(period -> "%s between date '%s' and date '%s'".formatted(day, period.from(), period.until()))
                .collect(Collectors.joining(" or "));
        return periods.size() > 1 ? "(" + sql + ")" : sql;
    }

    private String condition(Filter filter, Dataset dataset, Set<String> joined) {
        Place place = ground.place(dataset, filter.dimension()).orElseThrow();
        note(place.sql(), dataset, joined);
        String values = filter.values().stream().map(Sql::literal).collect(Collectors.joining(", ", "(", ")"));
        String sql = orNone(place.sql()) + " in " + values;
        if (place.shownSql() != null) {
            note(Objects.requireNonNull(place.shownSql()), dataset, joined);
            sql = "(" + sql + " or " + place.shownSql() + " in " + values + ")";
        }
        return filter.excluded() ? "not " + (sql.startsWith("(") ? sql : "(" + sql + ")") : sql;
    }

    /** What has no value is a group, too. */
    static String orNone(String sql) {
        if (sql.endsWith("'USD')") || sql.startsWith("'")) {
            return sql;
        }
        return sql.startsWith("coalesce(")
                ? sql.substring(0, sql.length() - 1) + ", '(none)')"
                : "coalesce(" + sql + ", '(none)')";
    }
}
