package io.opsiq.analyst;

import static io.opsiq.analyst.Phrasing.capitalized;

import io.opsiq.analyst.Result.Row;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/** One number, or a few side by side. */
final class ValueNarration {

    private final Computed computed;
    private final QueryPlan plan;
    private final Phrasing phrasing;

    ValueNarration(Computed computed) {
        this.computed = computed;
        this.plan = computed.plan();
        this.phrasing = computed.phrasing();
    }

    Told told() {
        String first = computed.metrics().stream().map(this::said).collect(Collectors.joining("; "));
        List<String> rest = computed.metrics().stream()
                .flatMap(each -> beside(each).stream())
                .toList();
        return new Told(capitalized(first) + ".", rest);
    }

    /** What it means, and how much it is. */
    Told definition() {
        Metric metric = computed.metric();
        String text = capitalized(metric.label()) + (metric.isPlural() ? " are " : " is ") + metric.description() + ".";
        return computed.result().isEmpty() ? Told.of(text) : new Told(text, List.of(told().first()));
    }

    private String said(Metric metric) {
        return metric.name().equals("case_count")
                ? counted(metric)
                : phrasing.subject(metric) + " " + when(metric) + phrasing.verb(metric) + " " + values(metric);
    }

    /** What is known of cases is known now. */
    private String when(Metric metric) {
        return metric.isOfCases() && plan.period() == null ? "" : phrasing.when() + " ";
    }

    private String counted(Metric cases) {
        Row row = computed.rows().getFirst();
        boolean one = row.amount(cases.name()).compareTo(BigDecimal.ONE) == 0;
        return "there " + (one ? "is " : "are ") + computed.shown(row, cases) + " " + phrasing.nouns(cases, one)
                + phrasing.narrowed() + (plan.period() == null ? "" : " created " + phrasing.when());
    }

    /** One number, or one for each currency. */
    private String values(Metric metric) {
        boolean perRow = metric.isMoney() || metric.isRatio();
        return computed.rows().stream()
                .limit(perRow ? Long.MAX_VALUE : 1)
                .map(row -> computed.shown(row, metric) + inCurrency(metric, row))
                .collect(Collectors.joining(", "));
    }

    /** A ratio does not say by itself of which currency it is. */
    private String inCurrency(Metric metric, Row row) {
        boolean several =
                metric.isRatio() && !metric.isMoney() && computed.rows().size() > 1;
        return several ? " in " + computed.currency(row) : "";
    }

    /** Money that is shown and not added, where there is any. */
    private List<String> beside(Metric metric) {
        if (metric.beside() == null) {
            return List.of();
        }
        Metric other = computed.ground().model().metric(metric.beside());
        String amounts = computed.rows().stream()
                .filter(row -> row.amount(other.name()).signum() != 0)
                .map(row -> computed.shown(row, other))
                .collect(Collectors.joining(", "));
        return amounts.isEmpty()
                ? List.of()
                : List.of("Beside it stands " + other.label() + ", " + amounts
                        + ", which is not added: it is made of facts that are counted by themselves.");
    }
}
