package io.opsiq.analyst;

import io.opsiq.analyst.Ground.MoneyMode;
import io.opsiq.engine.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
    private final TwoPeriodsSql both;
    private final Period now;
    private final Period before;
    private final @Nullable Period whole;

    /** What rows of a ratio say of rate and mix, and what they say where there is none; empty for other metrics. */
    private final String effects;

    private final String noEffects;

    WhySql(Ground ground, QueryPlan plan, MoneyMode money) {
        this.ground = ground;
        this.plan = plan;
        this.money = money;
        this.metric = ground.model().metric(plan.metric());
        this.both = new TwoPeriodsSql(metric, new Aggregates(ground.model(), money));
        this.now = Objects.requireNonNull(plan.period()).until(ground.clock());
        this.before = Objects.requireNonNull(plan.against());
        this.whole = wholeBefore();
        this.effects = metric.isRatio() ? "rate_effect, mix_effect, " : "";
        this.noEffects = metric.isRatio() ? "null, null, " : "";
    }

    /** The whole period before where only its first days are compared, since the one asked for is not over. */
    private @Nullable Period wholeBefore() {
        Period all = Objects.requireNonNull(plan.period()).before();
        return all.from().equals(before.from()) && all.until().isAfter(before.until()) ? all : null;
    }

    /** An open case that has to do with a driver. */
    record Touching(String caseId, String title) {}

    /** @param cases are handed through to the result, so that what is said of them is in it */
    String sql(List<Touching> cases) {
        List<String> dimensions = dimensions();
        List<Metric> parts = parts();
        List<Period> periods = List.of(now, Objects.requireNonNullElse(whole, before));
        FactsSql facts = new FactsSql(ground, plan, parts, dimensions, periods, money);
        CellsSql cells = new CellsSql(ground, metric, parts, dimensions, now, before, whole);
        Statement statement = new Statement()
                .with(facts.queries())
                .with("cells", cells.sql(facts.name()))
                .with("total", "select * from cells where cut = ''");
        return new DriversSql(both).on(statement).select(select(rows(cases)));
    }

    private List<String> dimensions() {
        List<String> asked = plan.dimensions().isEmpty() ? metric.dimensions() : plan.dimensions();
        return asked.stream()
                .filter(dimension -> ground.splits(metric, dimension))
                .filter(dimension -> !dimension.equals("currency") || money instanceof MoneyMode.Converted)
                .toList();
    }

    private List<Metric> parts() {
        List<Metric> parts = new ArrayList<>(ground.model().parts(metric).values());
        if (metric.each() != null) {
            parts.add(ground.model().metric(metric.each()));
        }
        return parts;
    }

    private String select(List<String> rows) {
        return "select " + String.join(", ", columns()) + "\nfrom (\n"
                + String.join("\nunion all\n", rows).indent(4)
                + ") as told(section, place, part, cut, segment, value_now, value_before, " + effects + "change)"
                + "\norder by section, place";
    }

    private List<String> columns() {
        List<String> columns = new ArrayList<>(List.of("part", "cut", "segment"));
        columns.add(exact("value_now", metric.name()));
        columns.add(exact("value_before", metric.name() + "_before"));
        if (metric.isRatio()) {
            columns.add(exact("rate_effect", "rate_effect"));
            columns.add(exact("mix_effect", "mix_effect"));
        }
        columns.add(exact("change", "change"));
        columns.add(
                "round(100.0 * told.change / nullif(max(told.change) filter (where part = 'total') over (), 0), 1) as share_percent");
        Compiler.currency(money).ifPresent(columns::add);
        return columns;
    }

    private String exact(String value, String name) {
        return "cast(told.%s as decimal(38, %d)) as %s".formatted(value, both.digits(), name);
    }

    private List<String> rows(List<Touching> cases) {
        List<String> rows = new ArrayList<>();
        rows.add("select 1, 1, 'total', '', '', %1$s, %2$s, %3$s%1$s - %2$s from total"
                .formatted(both.total("now"), both.total("before"), noEffects));
        if (whole != null) {
            rows.add("select 1, 2, 'whole period before', '', %s, null, %s, %snull from total"
                    .formatted(Sql.literal(whole.label()), both.total("whole"), noEffects));
        }
        rows.addAll(new FormulaSql(both, ground.model()).rows());
        rows.add("select 3, place, 'driver', cut, segment, value_now, value_before, %schange from drivers"
                .formatted(effects));
        rows.add(rest());
        rows.add(otherCuts());
        for (int i = 0; i < cases.size(); i++) {
            rows.add(touching(i + 1, cases.get(i)));
        }
        return rows;
    }

    /** What the drivers leave of the change; nothing where they leave no segment and no cent. */
    private String rest() {
        String left = "having max(width) > count(*) or max(total_change) <> sum(change)";
        String name = "case when max(width) > count(*) then 'all others' else 'rounding' end";
        return metric.isRatio()
                ? """
                  select 4, 1, 'rest', max(cut), %s, null, null, null, null, max(total_change) - sum(change)
                  from drivers %s""".formatted(name, left)
                : """
                  select 4, 1, 'rest', max(drivers.cut), %s, max(%s) - sum(value_now), max(%s) - sum(value_before), max(total_change) - sum(change)
                  from drivers cross join total %s""".formatted(name, both.total("now"), both.total("before"), left);
    }

    private String otherCuts() {
        return """
                select 5, row_number() over (order by abs(change) desc, cut), 'most of another cut', cut, segment,
                    value_now, value_before, %schange
                from ranked
                where place = 1 and width > 1 and total_change <> 0 and change * total_change > 0
                    and not contains(cut, ' and ') and cut not in (select cut from chosen)""".formatted(effects);
    }

    private String touching(int place, Touching touching) {
        return "select 6, %d, 'case', %s, %s, null, null, %snull"
                .formatted(place, Sql.literal(touching.caseId()), Sql.literal(touching.title()), noEffects);
    }
}
