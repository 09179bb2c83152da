package io.opsiq.analyst;

import io.opsiq.analyst.Ground.MoneyMode;
import io.opsiq.engine.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What moved a number, in one statement: the totals of both periods; the parts that the number is made of; over every cut by
 * one and by two dimensions the smallest set of segments that covers 80 % of the change, of the cut that needs the fewest;
 * and what is left; of each other dimension the segment that moved it most. The parts of the formula add up to the change, and
 * so do the drivers with the rest.
 *
 * <p>Rows say in the column {@code part} what they are: {@code total}, {@code whole period before}, {@code tree}, {@code
 * driver}, {@code rest}, {@code most of another cut}, {@code case}.
 */
final class WhySql {

    private final Ground ground;
    private final QueryPlan plan;
    private final MoneyMode money;
    private final Metric metric;
    private final Aggregates aggregates;
    private final List<String> dimensions;
    private final Period now;
    private final Period before;

    WhySql(Ground ground, QueryPlan plan, MoneyMode money) {
        this.ground = ground;
        this.plan = plan;
        this.money = money;
        this.metric = ground.model().metric(plan.metric());
        this.aggregates = new Aggregates(ground.model(), money);
        this.now = Objects.requireNonNull(plan.period()).until(ground.clock());
        this.before = Objects.requireNonNull(plan.against());
        List<String> asked = plan.dimensions().isEmpty() ? metric.dimensions() : plan.dimensions();
        this.dimensions = asked.stream()
                .filter(dimension -> ground.splits(metric, dimension))
                .filter(dimension -> !dimension.equals("currency") || money instanceof MoneyMode.Converted)
                .toList();
    }

    /** An open case that has to do with a driver. */
    record Touching(String caseId, String title) {}

    /** @param cases are handed through to the result, so that what is said of them is in it */
    String sql(List<Touching> cases) {
        List<Metric> parts = new ArrayList<>(ground.model().parts(metric).values());
        String each = metric.each();
        if (each != null) {
            parts.add(ground.model().metric(each));
        }
        FactsSql facts = new FactsSql(ground, plan, parts, dimensions, periods(), money);
        Statement statement = new Statement().with(facts.queries());
        statement.with("cells", cells(facts.name(), parts));
        statement.with("total", "select * from cells where cut = ''");
        statement.with("segments", segments());
        statement.with("ranked", RANKED);
        statement.with("cuts", CUTS);
        statement.with("chosen", CHOSEN);
        statement.with("drivers", DRIVERS);
        return statement.select(select(cases));
    }

    private List<Period> periods() {
        return List.of(now, comparesFirstDays() ? wholeBefore() : before);
    }

    /** Whether only the first days of the period before are compared, since the one asked for is not over. */
    private boolean comparesFirstDays() {
        return wholeBefore().from().equals(before.from())
                && wholeBefore().until().isAfter(before.until());
    }

    private Period wholeBefore() {
        return Objects.requireNonNull(plan.period()).before();
    }

    // -- Sums of each part in each period, for all cuts at once.

    private String cells(String from, List<Metric> parts) {
        String isNow = FactsSql.within("day", List.of(now));
        String isBefore = FactsSql.within("day", List.of(before));
        String sums = parts.stream()
                .map(part -> """
                        coalesce(sum(%1$s) filter (where %2$s), 0) as %1$s_now,
                            coalesce(sum(%1$s) filter (where %3$s), 0) as %1$s_before""".formatted(part.name(), isNow, isBefore)
                        + (comparesFirstDays() ? ",\n    " + whole(part) : ""))
                .collect(Collectors.joining(",\n    "));
        return """
                select
                    %s as cut,
                    %s as segment,
                    %s
                from %s
                group by grouping sets (%s)""".formatted(cutName(), segmentName(), sums, from, sets());
    }

    private String whole(Metric part) {
        return "coalesce(sum(%1$s) filter (where %2$s), 0) as %1$s_whole"
                .formatted(part.name(), FactsSql.within("day", List.of(wholeBefore())));
    }

    private String cutName() {
        return dimensions.isEmpty()
                ? "''"
                : "concat_ws(' and ', "
                        + dimensions.stream()
                                .map(each -> "case when grouping(%s) = 0 then %s end"
                                        .formatted(each, Sql.literal(label(each))))
                                .collect(Collectors.joining(", "))
                        + ")";
    }

    private String segmentName() {
        return dimensions.isEmpty()
                ? "''"
                : "concat_ws(' / ', " + dimensions.stream().map(this::segment).collect(Collectors.joining(", ")) + ")";
    }

    private String segment(String dimension) {
        String name = isNamed(dimension)
                ? "case when any_value(%1$s_name) = %1$s then %1$s else any_value(%1$s_name) || ' (' || %1$s || ')' end"
                        .formatted(dimension)
                : dimension;
        return "case when grouping(%s) = 0 then %s end".formatted(dimension, name);
    }

    private String label(String dimension) {
        return ground.model().dimension(dimension).label();
    }

    private boolean isNamed(String dimension) {
        return ground.place(ground.model().dataset(metric.dataset()), dimension)
                .map(Ground.Place::shownSql)
                .isPresent();
    }

    /** Every dimension, and every two of them; a customer lies in one region and segment, so it is not crossed. */
    private String sets() {
        List<String> sets = new ArrayList<>();
        sets.add("()");
        dimensions.forEach(each -> sets.add("(" + each + ")"));
        for (int i = 0; i < dimensions.size(); i++) {
            for (int j = i + 1; j < dimensions.size(); j++) {
                if (!isNamed(dimensions.get(i)) && !isNamed(dimensions.get(j))) {
                    sets.add("(" + dimensions.get(i) + ", " + dimensions.get(j) + ")");
                }
            }
        }
        return String.join(", ", sets);
    }

    // -- What each segment contributes.

    private String segments() {
        return metric.isRatio() ? ratioSegments() : additiveSegments();
    }

    private String additiveSegments() {
        return """
                select cells.cut, cells.segment,
                    %1$s as value_now,
                    %2$s as value_before,
                    %1$s - %2$s as change,
                    %3$s - %4$s as total_change
                from cells cross join total
                where cells.cut <> ''""".formatted(sum("cells", "now"), sum("cells", "before"), sum("total", "now"), sum("total", "before"));
    }

    /** A metric of one side of the comparison, rounded, over the columns of {@code cells}. */
    private String sum(String table, String side) {
        String raw = metric.kind() == Metric.Kind.DIFFERENCE
                ? part(aggregates.first(metric), table, side) + " - " + part(aggregates.second(metric), table, side)
                : part(metric, table, side);
        return "round(" + raw + ", " + aggregates.digits(metric) + ")";
    }

    private static String part(Metric part, String table, String side) {
        return table + "." + part.name() + "_" + side;
    }

    /** Rate and mix: see {@link #segments}; a segment that has nothing below the line on one side is all mix. */
    private String ratioSegments() {
        String over = aggregates.first(metric).name();
        String under = aggregates.second(metric).name();
        return """
                select
                    *,
                    case when under_before > 0 and under_now > 0
                        then round((share_before + share_now) / 2 * (over_now / under_now - over_before / under_before), %3$d)
                        else 0 end as rate_effect,
                    change - rate_effect as mix_effect
                from (
                    select cells.cut, cells.segment,
                        cast(cells.%1$s_now as double) as over_now, cast(cells.%1$s_before as double) as over_before,
                        cast(cells.%2$s_now as double) as under_now, cast(cells.%2$s_before as double) as under_before,
                        under_now / nullif(cast(total.%2$s_now as double), 0) as share_now,
                        under_before / nullif(cast(total.%2$s_before as double), 0) as share_before,
                        cast(total.%1$s_now as double) / nullif(total.%2$s_now, 0) as ratio_now,
                        cast(total.%1$s_before as double) / nullif(total.%2$s_before, 0) as ratio_before,
                        round(over_now / nullif(under_now, 0), %3$d) as value_now,
                        round(over_before / nullif(under_before, 0), %3$d) as value_before,
                        round(over_now / total.%2$s_now - over_before / total.%2$s_before
                            - (share_now - share_before) * (ratio_now + ratio_before) / 2, %3$d) as change,
                        round(ratio_now, %3$d) - round(ratio_before, %3$d) as total_change
                    from cells cross join total
                    where cells.cut <> '' and total.%2$s_now > 0 and total.%2$s_before > 0
                )""".formatted(over, under, aggregates.digits(metric));
    }

    private static final String RANKED = """
            select
                *,
                row_number() over (partition by cut order by change * sign(total_change) desc, segment) as place,
                sum(change) over (
                    partition by cut order by change * sign(total_change) desc, segment rows unbounded preceding
                ) as covered,
                count(*) over (partition by cut) as width
            from segments""";

    /**
     * How many segments of each cut cover 80 % of the change. A cut into one segment is none; a set of more than ten explains
     * nothing to a reader.
     */
    private static final String CUTS = """
            select
                cut,
                least(coalesce(min(place) filter (where abs(covered) >= 0.8 * abs(total_change) and covered * total_change > 0),
                    max(width)), 10) as needed,
                contains(cut, ' and ') as crossed
            from ranked
            where total_change <> 0
            group by cut
            having max(width) > 1""";

    private static final String CHOSEN = """
            select cuts.cut, cuts.needed
            from cuts join ranked on ranked.cut = cuts.cut and ranked.place = 1
            order by cuts.needed, cuts.crossed, abs(ranked.change) desc, cuts.cut
            limit 1""";

    private static final String DRIVERS = """
            select ranked.*
            from ranked join chosen on ranked.cut = chosen.cut
            where ranked.place <= chosen.needed""";

    // -- The rows.

    private String select(List<Touching> cases) {
        String name = metric.name();
        List<String> rows = new ArrayList<>();
        rows.add(total());
        if (comparesFirstDays()) {
            rows.add("select 1, 2, 'whole period before', '', %s, null, %s, %snull from total"
                    .formatted(
                            Sql.literal(wholeBefore().label()),
                            metric.isRatio() ? ratio("whole") : sum("total", "whole"),
                            metric.isRatio() ? "null, null, " : ""));
        }
        rows.addAll(tree());
        rows.add("select 3, place, 'driver', cut, segment, value_now, value_before, %schange from drivers"
                .formatted(metric.isRatio() ? "rate_effect, mix_effect, " : ""));
        rows.add(rest());
        rows.add("""
                select 5, row_number() over (order by abs(change) desc, cut), 'most of another cut', cut, segment,
                    value_now, value_before, %schange
                from ranked
                where place = 1 and width > 1 and total_change <> 0 and change * total_change > 0
                    and not contains(cut, ' and ') and cut not in (select cut from chosen)""".formatted(metric.isRatio() ? "rate_effect, mix_effect, " : ""));
        for (int i = 0; i < cases.size(); i++) {
            rows.add("select 6, %d, 'case', %s, %s, null, null, %snull"
                    .formatted(
                            i + 1,
                            Sql.literal(cases.get(i).caseId()),
                            Sql.literal(cases.get(i).title()),
                            metric.isRatio() ? "null, null, " : ""));
        }
        List<String> columns = new ArrayList<>(
                List.of("part", "cut", "segment", exact("value_now", name), exact("value_before", name + "_before")));
        if (metric.isRatio()) {
            columns.add(exact("rate_effect", "rate_effect"));
            columns.add(exact("mix_effect", "mix_effect"));
        }
        columns.add(exact("change", "change"));
        columns.add(
                "round(100.0 * told.change / nullif(max(told.change) filter (where part = 'total') over (), 0), 1) as share_percent");
        Compiler.currency(money).ifPresent(columns::add);
        String effects = metric.isRatio() ? ", rate_effect, mix_effect" : "";
        return "select " + String.join(", ", columns) + "\nfrom (\n"
                + String.join("\nunion all\n", rows).indent(4)
                + ") as told(section, place, part, cut, segment, value_now, value_before" + effects + ", change)"
                + "\norder by section, place";
    }

    private String exact(String value, String name) {
        return "cast(told.%s as decimal(38, %d)) as %s".formatted(value, aggregates.digits(metric), name);
    }

    private String total() {
        return metric.isRatio()
                ? "select 1, 1, 'total', '', '', %1$s, %2$s, null, null, %1$s - %2$s from total"
                        .formatted(ratio("now"), ratio("before"))
                : "select 1, 1, 'total', '', '', %1$s, %2$s, %1$s - %2$s from total"
                        .formatted(sum("total", "now"), sum("total", "before"));
    }

    private String ratio(String side) {
        return "round(cast(%s as double) / nullif(%s, 0), %d)"
                .formatted(
                        part(aggregates.first(metric), "total", side),
                        part(aggregates.second(metric), "total", side),
                        aggregates.digits(metric));
    }

    /** The formula that the number comes from, before any cut. */
    private List<String> tree() {
        return switch (metric.kind()) {
            case SUM ->
                metric.each() == null ? List.of() : sumTree(ground.model().metric(metric.each()));
            case COUNT -> List.of();
            case DIFFERENCE -> differenceTree();
            case RATIO -> ratioTree();
        };
    }

    /** sum = count x average; the first row is the effect of the count at the mean average, the second the remainder. */
    private List<String> sumTree(Metric counted) {
        int digits = aggregates.digits(metric);
        String n1 = part(counted, "total", "now");
        String n0 = part(counted, "total", "before");
        String s1 = part(metric, "total", "now");
        String s0 = part(metric, "total", "before");
        String byCount = """
                round((%1$s - %2$s) * (coalesce(cast(%3$s as double) / nullif(%1$s, 0), cast(%4$s as double) / nullif(%2$s, 0), 0)
                    + coalesce(cast(%4$s as double) / nullif(%2$s, 0), cast(%3$s as double) / nullif(%1$s, 0), 0)) / 2, %5$d)""".formatted(n1, n0, s1, s0, digits);
        String byCountExact = "cast(" + byCount + " as decimal(38, " + digits + "))";
        return List.of(
                "select 2, 1, 'tree', 'count', %s, %s, %s, %s from total"
                        .formatted(Sql.literal(counted.nouns()), n1, n0, byCountExact),
                "select 2, 2, 'tree', 'average', %s, round(cast(%s as double) / nullif(%s, 0), 2), round(cast(%s as double) / nullif(%s, 0), 2), %s - %s - %s from total"
                        .formatted(
                                Sql.literal("average per " + counted.noun()),
                                s1,
                                n1,
                                s0,
                                n0,
                                sum("total", "now"),
                                sum("total", "before"),
                                byCountExact));
    }

    private List<String> differenceTree() {
        Metric plus = aggregates.first(metric);
        Metric minus = aggregates.second(metric);
        int digits = aggregates.digits(metric);
        return List.of(
                "select 2, 1, 'tree', 'plus', %1$s, round(%2$s, %4$d), round(%3$s, %4$d), round(%2$s, %4$d) - round(%3$s, %4$d) from total"
                        .formatted(
                                Sql.literal(plus.label()),
                                part(plus, "total", "now"),
                                part(plus, "total", "before"),
                                digits),
                "select 2, 2, 'tree', 'minus', %1$s, round(%2$s, %4$d), round(%3$s, %4$d), round(%3$s, %4$d) - round(%2$s, %4$d) from total"
                        .formatted(
                                Sql.literal(minus.label()),
                                part(minus, "total", "now"),
                                part(minus, "total", "before"),
                                digits));
    }

    /** over / under: the effect of what is above at the mean of what is below, and the remainder. */
    private List<String> ratioTree() {
        Metric over = aggregates.first(metric);
        Metric under = aggregates.second(metric);
        int digits = aggregates.digits(metric);
        String byOver = """
                round((cast(%1$s as double) - %2$s) * (1 / nullif(cast(%3$s as double), 0) + 1 / nullif(cast(%4$s as double), 0)) / 2, %5$d)""".formatted(
                        part(over, "total", "now"),
                        part(over, "total", "before"),
                        part(under, "total", "now"),
                        part(under, "total", "before"),
                        digits);
        return List.of(
                "select 2, 1, 'tree', 'over', %s, %s, %s, null, null, %s from total"
                        .formatted(
                                Sql.literal(over.label()),
                                part(over, "total", "now"),
                                part(over, "total", "before"),
                                byOver),
                "select 2, 2, 'tree', 'under', %s, %s, %s, null, null, %s - %s - %s from total"
                        .formatted(
                                Sql.literal(under.label()),
                                part(under, "total", "now"),
                                part(under, "total", "before"),
                                ratio("now"),
                                ratio("before"),
                                byOver));
    }

    /** What the drivers leave of the change; nothing where they leave no segment. */
    private String rest() {
        String left = "having max(width) > count(*)";
        return metric.isRatio()
                ? """
                  select 4, 1, 'rest', max(cut), '', null, null, null, null, max(total_change) - sum(change)
                  from drivers %s""".formatted(left)
                : """
                  select 4, 1, 'rest', max(drivers.cut), '', %s - sum(value_now), %s - sum(value_before), max(total_change) - sum(change)
                  from drivers cross join total %s""".formatted("max(" + sum("total", "now") + ")", "max(" + sum("total", "before") + ")", left);
    }
}
