package io.opsiq.analyst;

import io.opsiq.analyst.Ground.MoneyMode;
import io.opsiq.analyst.Result.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Draws a result by the shape of its plan: a trend as lines, groups as bars, a why as a waterfall. */
final class Charts {

    private static final int MOST_BARS = 30;
    private static final int MOST_LINES = 12;

    private final List<Metric> metrics;
    private final QueryPlan plan;
    private final MoneyMode money;
    private final Result result;
    private final Phrasing phrasing;
    private final Metric metric;

    Charts(Computed computed) {
        this.metrics = computed.metrics();
        this.plan = computed.plan();
        this.money = computed.money();
        this.result = computed.result();
        this.phrasing = computed.phrasing();
        this.metric = computed.metric();
    }

    /** Nothing for one number and for rows. */
    Optional<Chart> chart() {
        if (result.isEmpty()) {
            return Optional.empty();
        }
        return switch (plan.intent()) {
            case VALUE, DEFINITION, LIST -> Optional.empty();
            case TREND -> Optional.of(lines());
            case BREAKDOWN, TOP, SHARE -> Optional.of(bars());
            case COMPARISON -> Optional.of(pairs());
            case WHY -> waterfall();
        };
    }

    private Chart lines() {
        String unit = Objects.requireNonNull(plan.grain()).word();
        Map<String, Map<String, Object>> traces = new LinkedHashMap<>();
        for (Metric each : metrics) {
            for (Row row : result.rows()) {
                String name = series(row, each);
                if (traces.size() < MOST_LINES || traces.containsKey(name)) {
                    Map<String, Object> trace = traces.computeIfAbsent(name, key -> trace("scatter", key));
                    trace.put("mode", "lines+markers");
                    points(trace, "x").add(row.text(unit).substring(0, 10));
                    points(trace, "y").add(row.number(each.name()));
                }
            }
        }
        return new Chart("line", List.copyOf(traces.values()), layout(unit, unit(metric)));
    }

    private String series(Row row, Metric each) {
        List<String> parts = new ArrayList<>();
        if (plan.metrics().size() > 1 || plan.dimensions().isEmpty()) {
            parts.add(each.label());
        }
        if (!plan.dimensions().isEmpty()) {
            parts.add(phrasing.group(row));
        }
        if (money instanceof MoneyMode.Apart) {
            parts.add(row.text("currency"));
        }
        return String.join(", ", parts);
    }

    private Chart bars() {
        Map<String, Map<String, Object>> traces = new LinkedHashMap<>();
        String column = plan.intent() == Intent.SHARE ? "share_percent" : metric.name();
        for (Metric each : plan.intent() == Intent.SHARE ? List.of(metric) : metrics) {
            for (Row row : result.rows().stream().limit(MOST_BARS).toList()) {
                String name = each.label()
                        + (money instanceof MoneyMode.Apart && result.has("currency")
                                ? ", " + row.text("currency")
                                : "");
                Map<String, Object> trace = traces.computeIfAbsent(name, key -> trace("bar", key));
                points(trace, "x").add(phrasing.group(row));
                points(trace, "y").add(row.number(plan.intent() == Intent.SHARE ? column : each.name()));
            }
        }
        Map<String, Object> layout = layout(phrasing.by(), plan.intent() == Intent.SHARE ? "share in %" : unit(metric));
        layout.put("barmode", "group");
        return new Chart("bar", List.copyOf(traces.values()), layout);
    }

    private Chart pairs() {
        Map<String, Object> before =
                trace("bar", Objects.requireNonNull(plan.against()).label());
        Map<String, Object> now =
                trace("bar", Objects.requireNonNull(plan.period()).label());
        for (Row row : result.rows().stream().limit(MOST_BARS).toList()) {
            String group = plan.dimensions().isEmpty()
                    ? (money instanceof MoneyMode.Apart ? row.text("currency") : metric.label())
                    : phrasing.group(row);
            points(before, "x").add(group);
            points(before, "y").add(row.number(metric.name() + "_before"));
            points(now, "x").add(group);
            points(now, "y").add(row.number(metric.name()));
        }
        Map<String, Object> layout = layout(plan.dimensions().isEmpty() ? "" : phrasing.by(), unit(metric));
        layout.put("barmode", "group");
        return new Chart("bar", List.of(before, now), layout);
    }

    /** Stacked bars: an invisible one that carries the step, and one for each kind of step. */
    private Optional<Chart> waterfall() {
        Row total = result.rows().getFirst();
        List<Row> steps = result.rows().stream()
                .filter(row ->
                        row.text("part").equals("driver") || row.text("part").equals("rest"))
                .toList();
        if (steps.isEmpty() || total.number("change") == null) {
            return Optional.empty();
        }
        Map<String, Object> carried = trace("bar", "");
        carried.put("marker", Map.of("color", "rgba(0,0,0,0)"));
        carried.put("hoverinfo", "skip");
        carried.put("showlegend", false);
        Map<String, Object> totals = trace("bar", "total");
        Map<String, Object> more = trace("bar", "more");
        Map<String, Object> less = trace("bar", "less");
        List<Map<String, Object>> traces = List.of(carried, totals, more, less);
        BigDecimal level = total.amount(metric.name() + "_before");
        bar(traces, Objects.requireNonNull(plan.against()).label(), BigDecimal.ZERO, totals, level);
        for (Row step : steps) {
            BigDecimal change = step.amount("change");
            BigDecimal next = level.add(change);
            String name = Phrasing.name(step.text("segment"));
            bar(traces, name, level.min(next), change.signum() < 0 ? less : more, change.abs());
            level = next;
        }
        bar(
                traces,
                Objects.requireNonNull(plan.period()).label(),
                BigDecimal.ZERO,
                totals,
                total.amount(metric.name()));
        Map<String, Object> layout = layout(steps.getFirst().text("cut"), unit(metric));
        layout.put("barmode", "stack");
        return Optional.of(new Chart("waterfall", traces, layout));
    }

    private static void bar(
            List<Map<String, Object>> traces, String at, BigDecimal base, Map<String, Object> kind, BigDecimal size) {
        for (Map<String, Object> trace : traces) {
            points(trace, "x").add(at);
            boolean isKind = Objects.equals(trace.get("name"), kind.get("name"));
            points(trace, "y").add(isCarried(trace) ? base : isKind ? size : null);
        }
    }

    private static boolean isCarried(Map<String, Object> trace) {
        return "".equals(trace.get("name"));
    }

    private static Map<String, Object> trace(String type, String name) {
        Map<String, Object> trace = new LinkedHashMap<>();
        trace.put("type", type);
        trace.put("name", name);
        trace.put("x", new ArrayList<@Nullable Object>());
        trace.put("y", new ArrayList<@Nullable Object>());
        return trace;
    }

    @SuppressWarnings("unchecked") // put there by trace()
    private static List<@Nullable Object> points(Map<String, Object> trace, String axis) {
        return (List<@Nullable Object>) Objects.requireNonNull(trace.get(axis));
    }

    private Map<String, Object> layout(String x, String y) {
        Map<String, Object> layout = new LinkedHashMap<>();
        String label = metrics.stream().map(Metric::label).collect(Collectors.joining(", "));
        layout.put("title", Map.of("text", Phrasing.capitalized(label) + " " + phrasing.when()));
        layout.put(
                "xaxis",
                Map.of("title", Map.of("text", x), "type", plan.intent() == Intent.TREND ? "date" : "category"));
        layout.put("yaxis", Map.of("title", Map.of("text", y)));
        return layout;
    }

    private String unit(Metric each) {
        return switch (each.unit()) {
            case MONEY ->
                each.label()
                        + switch (money) {
                            case MoneyMode.Single(String currency) -> " in " + currency;
                            case MoneyMode.Converted(String base) -> " in " + base;
                            case MoneyMode.Apart _ -> " in each currency";
                            case MoneyMode.None _ -> "";
                        };
            case COUNT, SHARE -> each.label();
            case UNITS -> each.label() + " in units";
        };
    }
}
