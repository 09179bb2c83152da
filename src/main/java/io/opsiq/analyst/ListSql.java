package io.opsiq.analyst;

import io.opsiq.analyst.Ground.MoneyMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rows that a metric counts or adds up, one by one. */
final class ListSql {

    private static final String CASES = "cases";

    private final Ground ground;
    private final QueryPlan plan;
    private final Metric metric;
    private final Dataset dataset;

    ListSql(Ground ground, QueryPlan plan) {
        this.ground = ground;
        this.plan = plan;
        this.metric = ground.model().metric(plan.metric());
        this.dataset = ground.model().dataset(metric.dataset());
    }

    String sql() {
        Period period = Compiler.past(plan.period(), ground.clock());
        FactsSql facts = new FactsSql(
                ground,
                plan,
                List.of(metric),
                List.of(),
                period == null ? List.of() : List.of(period),
                new MoneyMode.None());
        String body = facts.queries().get("facts");
        String from = Objects.requireNonNull(body).substring(body.indexOf("\nfrom ") + 1);
        if (!from.contains("left join customers") && dataset.customers() != null && customersKnown()) {
            from = from.replaceFirst("\nwhere ", "\n" + FactsSql.join(dataset) + "\nwhere ");
            from = from.contains("left join") ? from : from + "\n" + FactsSql.join(dataset);
        }
        return "select\n    " + String.join(",\n    ", columns()) + "\n" + from + "\norder by " + order() + "\nlimit "
                + Objects.requireNonNullElse(plan.limit(), PlanCheck.MOST_LISTED);
    }

    private boolean customersKnown() {
        return ground.facts().table("customers").isPresent();
    }

    private List<String> columns() {
        if (dataset.name().equals(CASES)) {
            return List.of(
                    "cases.case_id",
                    "cases.title",
                    "cases.anomaly_type",
                    "cases.severity",
                    "cases.estimated_impact",
                    "cases.currency",
                    "cases.status",
                    "cases.created_at");
        }
        List<String> columns = new ArrayList<>();
        columns.add("cast(%s.%s as varchar) as %s".formatted(dataset.source(), dataset.key(), dataset.key()));
        add(columns, "customer", "customer_id");
        ground.place(dataset, "customer")
                .map(Ground.Place::shownSql)
                .ifPresent(name -> columns.add(name + " as customer_name"));
        if (metric.time() != null) {
            add(columns, Objects.requireNonNull(metric.time()), metric.time().equals("day") ? "day" : metric.time());
        }
        String value = value();
        if (value != null) {
            ground.sql(dataset, value).ifPresent(sql -> columns.add("round(" + sql + ", 2) as " + value));
            add(columns, "currency", "currency");
        }
        List.of("status", "reason", "processor", "feature", "plan_tier").forEach(field -> add(columns, field, field));
        return columns;
    }

    private void add(List<String> columns, String field, String name) {
        ground.sql(dataset, field).ifPresent(sql -> columns.add(sql + " as " + name));
    }

    /** The field that is added up; of a count that of a sum over the same table. */
    private @Nullable String value() {
        return metric.value() != null
                ? metric.value()
                : ground.model().metrics().stream()
                        .filter(other -> other.dataset().equals(metric.dataset()) && other.value() != null)
                        .map(Metric::value)
                        .filter(field -> ground.sql(dataset, Objects.requireNonNull(field))
                                .isPresent())
                        .findFirst()
                        .orElse(null);
    }

    private String order() {
        if (dataset.name().equals(CASES)) {
            return "cases.estimated_impact desc, cases.case_id";
        }
        String key = dataset.source() + "." + dataset.key();
        String value = value();
        if (plan.order() != QueryPlan.Order.LATEST && value != null) {
            return value + (plan.order() == QueryPlan.Order.LEAST ? " asc" : " desc") + " nulls last, " + key;
        }
        return metric.time() == null ? key : metric.time() + " desc, " + key;
    }
}
