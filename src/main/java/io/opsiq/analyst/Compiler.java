package io.opsiq.analyst;

import io.opsiq.analyst.Ground.MoneyMode;
import io.opsiq.engine.Sql;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns a plan that was checked into one SELECT over the contract's tables, with all values written in. */
final class Compiler {

    private final Ground ground;
    private final SemanticModel model;
    private final QueryPlan plan;
    private final MoneyMode money;
    private final Aggregates aggregates;
    private final List<Metric> metrics;

    Compiler(Ground ground, QueryPlan plan) {
        this.ground = ground;
        this.model = ground.model();
        this.plan = plan;
        this.money = ground.money(plan);
        this.aggregates = new Aggregates(model, money);
        this.metrics = plan.metrics().stream().map(model::metric).toList();
    }

    String sql() {
        return switch (plan.intent()) {
            case VALUE, DEFINITION -> value();
            case BREAKDOWN, TOP, SHARE -> breakdown();
            case TREND -> trend();
            case COMPARISON -> comparison();
            case LIST -> new ListSql(ground, plan).sql();
            case WHY -> new WhySql(ground, plan, money).sql(List.of());
        };
    }

    private FactsSql facts(Collection<Metric> of, List<Period> periods) {
        Map<String, Metric> parts = new LinkedHashMap<>();
        of.forEach(metric -> parts.putAll(model.parts(metric)));
        return new FactsSql(ground, plan, parts.values(), plan.dimensions(), periods, money);
    }

    private List<Period> periods() {
        Period period = plan.period();
        return period == null ? List.of() : List.of(period.until(ground.clock()));
    }

    // -- One number, or one for each currency.

    private String value() {
        List<Metric> shown = new ArrayList<>(metrics);
        metrics.stream()
                .map(Metric::beside)
                .filter(Objects::nonNull)
                .map(model::metric)
                .forEach(shown::add);
        FactsSql facts = facts(shown, periods());
        Stream<String> columns = shown.stream().map(metric -> column(metric) + " as " + metric.name());
        String select = "select " + Stream.concat(columns, currency().stream()).collect(Collectors.joining(", "))
                + "\nfrom " + facts.name();
        return new Statement()
                .with(facts.queries())
                .select(apart() ? select + "\ngroup by currency\norder by currency" : select);
    }

    /** A count beside amounts of several currencies is that of all of them. */
    private String column(Metric metric) {
        return apart() && !metric.isMoney() && metric.kind() == Metric.Kind.COUNT
                ? "cast(sum(sum(" + metric.name() + ")) over () as bigint)"
                : aggregates.of(metric, "");
    }

    private boolean apart() {
        return money instanceof MoneyMode.Apart && !plan.dimensions().contains("currency");
    }

    private Optional<String> currency() {
        return plan.dimensions().contains("currency") ? Optional.empty() : currency(money);
    }

    static Optional<String> currency(MoneyMode money) {
        return switch (money) {
            case MoneyMode.None _ -> Optional.empty();
            case MoneyMode.Single(String currency) -> Optional.of(Sql.literal(currency) + " as currency");
            case MoneyMode.Converted(String base) -> Optional.of(Sql.literal(base) + " as currency");
            case MoneyMode.Apart _ -> Optional.of("currency");
        };
    }

    // -- One row a group.

    private String breakdown() {
        QueryPlan shares = plan.intent() == Intent.SHARE ? plan.withFilters(otherFilters()) : plan;
        FactsSql facts = new Compiler(ground, shares, money).facts(metrics, periods());
        List<String> columns = new ArrayList<>(groupColumns());
        currency().ifPresent(columns::add);
        metrics.forEach(metric -> columns.add(aggregates.of(metric, "") + " as " + metric.name()));
        Metric first = metrics.getFirst();
        if (first.isAdditive() && metrics.size() == 1) {
            String sum = aggregates.raw(first, "");
            columns.add("round(100.0 * (%1$s) / nullif(sum(%1$s) over (%2$s), 0), 2) as share_percent"
                    .formatted(sum, apart() || byCurrency() ? "partition by currency" : ""));
        }
        Statement statement = new Statement().with(facts.queries());
        String select = "select " + String.join(", ", columns) + "\nfrom " + facts.name() + "\ngroup by "
                + String.join(", ", groups()) + qualify() + "\norder by " + order();
        return statement.select(select + (plan.limit() == null || apart() ? "" : "\nlimit " + plan.limit()));
    }

    private Compiler(Ground ground, QueryPlan plan, MoneyMode money) {
        this.ground = ground;
        this.model = ground.model();
        this.plan = plan;
        this.money = money;
        this.aggregates = new Aggregates(model, money);
        this.metrics = plan.metrics().stream().map(model::metric).toList();
    }

    /** A share is one of the whole: what is asked for is shown, not chosen. */
    private List<QueryPlan.Filter> otherFilters() {
        return plan.filters().stream()
                .filter(filter -> !plan.dimensions().contains(filter.dimension()))
                .toList();
    }

    private boolean byCurrency() {
        return plan.dimensions().contains("currency") && metrics.getFirst().isMoney();
    }

    private List<String> groupColumns() {
        List<String> columns = new ArrayList<>();
        for (String dimension : plan.dimensions()) {
            boolean named = isNamed(dimension);
            columns.add(named ? dimension + " as " + dimension + "_id" : dimension);
            if (named) {
                columns.add("any_value(" + dimension + "_name) as " + dimension + "_name");
            }
        }
        return columns;
    }

    /** The column that tells groups apart. */
    private String key(String dimension) {
        return isNamed(dimension) ? dimension + "_id" : dimension;
    }

    private boolean isNamed(String dimension) {
        return metrics.stream()
                .map(metric -> model.dataset(metric.dataset()))
                .map(dataset -> ground.place(dataset, dimension).orElseThrow())
                .anyMatch(place -> place.shownSql() != null);
    }

    private List<String> groups() {
        List<String> groups = new ArrayList<>(plan.dimensions());
        if (apart()) {
            groups.add("currency");
        }
        return groups;
    }

    private String direction() {
        return plan.order() == QueryPlan.Order.LEAST ? "asc nulls last" : "desc nulls last";
    }

    private String order() {
        List<String> order = new ArrayList<>();
        if (apart()) {
            order.add("currency");
        }
        order.add(metrics.getFirst().name() + " " + direction());
        plan.dimensions().forEach(dimension -> order.add(key(dimension)));
        return String.join(", ", order);
    }

    private String qualify() {
        return plan.limit() == null || !apart()
                ? ""
                : "\nqualify row_number() over (partition by currency order by %s %s, %s) <= %d"
                        .formatted(
                                aggregates.of(metrics.getFirst(), ""),
                                direction(),
                                String.join(", ", plan.dimensions()),
                                plan.limit());
    }

    // -- One row a period, those without facts too.

    private String trend() {
        Grain grain = Objects.requireNonNull(plan.grain());
        FactsSql facts = facts(metrics, periods());
        List<String> keys = new ArrayList<>(plan.dimensions());
        if (apart()) {
            keys.add("currency");
        }
        String unit = grain.word();
        Statement statement = new Statement().with(facts.queries()).with("periods", """
                select cast(unnest(generate_series(date '%s', date '%s', interval %s)) as date) as %s""".formatted(
                        grain.start(span().from()),
                        grain.start(span().until()),
                        grain == Grain.QUARTER ? "3 month" : "1 " + unit,
                        unit));
        String keyed = keys.isEmpty() ? "" : String.join(", ", keys) + ", ";
        statement.with(
                "totals",
                "select cast(date_trunc('%s', day) as date) as %s, %s%s\nfrom %s\ngroup by all"
                        .formatted(
                                unit,
                                unit,
                                keyed,
                                metrics.stream()
                                        .map(metric -> aggregates.of(metric, "") + " as " + metric.name())
                                        .collect(Collectors.joining(", ")),
                                facts.name()));
        if (!keys.isEmpty()) {
            statement.with(
                    "series",
                    "select " + String.join(", ", keys) + named("any_value(%1$s_name) as %1$s_name") + "\nfrom "
                            + facts.name() + "\ngroup by " + String.join(", ", keys));
        }
        return statement.select(trendSelect(unit, keys));
    }

    private String trendSelect(String unit, List<String> keys) {
        List<String> columns = new ArrayList<>();
        columns.add("periods." + unit);
        keys.forEach(each -> columns.add("series." + each + (isNamedKey(each) ? " as " + each + "_id" : "")
                + (isNamedKey(each) ? ", series." + each + "_name" : "")));
        if (!apart()) {
            currency().ifPresent(columns::add);
        }
        metrics.forEach(metric -> columns.add(
                metric.isRatio()
                        ? "totals." + metric.name()
                        : "coalesce(totals.%1$s, 0) as %1$s".formatted(metric.name())));
        String on = Stream.concat(
                        Stream.of("totals.%1$s = periods.%1$s".formatted(unit)),
                        keys.stream().map(key -> "totals.%1$s = series.%1$s".formatted(key)))
                .collect(Collectors.joining(" and "));
        return "select " + String.join(", ", columns) + "\nfrom periods" + (keys.isEmpty() ? "" : "\ncross join series")
                + "\nleft join totals on " + on + "\norder by periods." + unit
                + keys.stream().map(key -> ", series." + key).collect(Collectors.joining());
    }

    private boolean isNamedKey(String key) {
        return plan.dimensions().contains(key) && isNamed(key);
    }

    private String named(String column) {
        return plan.dimensions().stream()
                .filter(this::isNamed)
                .map(dimension -> ", " + column.formatted(dimension))
                .collect(Collectors.joining());
    }

    /** The days that a trend covers: those asked for, as far as the books reach. */
    private Period span() {
        Optional<Ground.Span> books = ground.span(metrics.stream()
                .flatMap(metric -> model.parts(metric).values().stream())
                .toList());
        LocalDate first = books.map(Ground.Span::first).orElse(ground.clock());
        LocalDate last = books.map(Ground.Span::last)
                .filter(day -> day.isAfter(ground.clock()))
                .orElse(ground.clock());
        Period asked = plan.period();
        if (asked == null) {
            return Period.days(first.isAfter(last) ? last : first, last);
        }
        Period past = asked.until(ground.clock());
        LocalDate from = first.isAfter(past.from()) && !first.isAfter(past.until()) ? first : past.from();
        return Period.days(from, past.until());
    }

    // -- Two periods side by side.

    private String comparison() {
        Period now = Objects.requireNonNull(plan.period()).until(ground.clock());
        Period before = Objects.requireNonNull(plan.against());
        FactsSql facts = facts(metrics, List.of(now, before));
        List<String> keys = new ArrayList<>(groupColumns());
        if (apart()) {
            keys.add("currency");
        }
        Metric metric = metrics.getFirst();
        String name = metric.name();
        String sums = "%s as %s,\n    %s as %s_before"
                .formatted(aggregates.of(metric, during(now)), name, aggregates.of(metric, during(before)), name);
        Statement statement = new Statement()
                .with(facts.queries())
                .with(
                        "compared",
                        "select %s%s\nfrom %s%s"
                                .formatted(
                                        keys.isEmpty() ? "" : String.join(", ", keys) + ",\n    ",
                                        sums,
                                        facts.name(),
                                        groups().isEmpty() ? "" : "\ngroup by " + String.join(", ", groups())));
        String change = "round(%1$s - %1$s_before, %2$d)".formatted(name, aggregates.digits(metric));
        return statement.select("select *, "
                + (apart() ? "" : currency().map(each -> each + ", ").orElse(""))
                + change
                + " as change,\n    round(100.0 * (%1$s - %1$s_before) / nullif(abs(%1$s_before), 0), 1) as change_percent"
                        .formatted(name)
                + "\nfrom compared\norder by " + (apart() ? "currency, " : "")
                + "abs(%1$s - %1$s_before) desc nulls last".formatted(name)
                + plan.dimensions().stream().map(each -> ", " + key(each)).collect(Collectors.joining())
                + (plan.limit() == null ? "" : "\nlimit " + plan.limit()));
    }

    private static String during(Period period) {
        return "filter (where " + FactsSql.within("day", List.of(period)) + ")";
    }

    MoneyMode money() {
        return money;
    }

    static @Nullable Period past(@Nullable Period period, LocalDate clock) {
        return period == null ? null : period.until(clock);
    }
}
