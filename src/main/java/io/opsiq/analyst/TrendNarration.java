package io.opsiq.analyst;

import static io.opsiq.analyst.Phrasing.capitalized;

import io.opsiq.analyst.Ground.MoneyMode;
import io.opsiq.analyst.QueryPlan.Order;
import io.opsiq.analyst.Result.Row;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** A number period by period: its highest and lowest, and what the latest is. A period that is not over is not judged. */
final class TrendNarration {

    private final Computed computed;
    private final QueryPlan plan;
    private final Phrasing phrasing;
    private final Metric metric;
    private final Grain grain;
    private final Comparator<Row> byValue;

    TrendNarration(Computed computed) {
        this.computed = computed;
        this.plan = computed.plan();
        this.phrasing = computed.phrasing();
        this.metric = computed.metric();
        this.grain = Objects.requireNonNull(plan.grain());
        this.byValue = Comparator.comparing(row -> row.amount(metric.name()));
    }

    Told told() {
        if (computed.isApart()) {
            return Told.of(title() + ", currency by currency: " + highestOfEach() + ".");
        }
        List<Row> known = computed.rows().stream()
                .filter(row -> row.number(metric.name()) != null)
                .toList();
        return known.isEmpty() ? Narration.nothing(computed) : told(known);
    }

    private String title() {
        return capitalized(phrasing.subject(metric)) + " by " + grain.word()
                + (plan.dimensions().isEmpty() ? "" : " and " + phrasing.by()) + " " + phrasing.when();
    }

    private String highestOfEach() {
        return computed.currencies()
                .map(currency -> "highest " + at(highest(computed.in(currency))))
                .collect(Collectors.joining(", "));
    }

    private Row highest(Collection<Row> rows) {
        return rows.stream().max(byValue).orElseThrow();
    }

    private Row lowest(Collection<Row> rows) {
        return rows.stream().min(byValue).orElseThrow();
    }

    private Told told(List<Row> known) {
        List<Row> over = known.stream().filter(row -> !goesOn(row)).toList();
        List<Row> judged = over.isEmpty() ? known : over;
        boolean all = judged.size() == known.size();
        Row latest = known.getLast();
        if (judged.size() == 1) {
            return Told.of(title() + ": " + at(judged.getFirst()) + (all ? "." : "; " + notOver(latest) + "."));
        }
        String first = title() + " " + phrasing.verb(metric) + " " + range(judged)
                + (all ? "" : ", of the complete " + grain.word() + "s") + ".";
        if (!isOneLine()) {
            return Told.of(first);
        }
        return new Told(first, List.of(all ? "The latest is " + at(latest) + "." : capitalized(notOver(latest)) + "."));
    }

    private String range(List<Row> judged) {
        String peak = "highest " + at(highest(judged));
        String trough = "lowest " + at(lowest(judged));
        return plan.order() == Order.LEAST ? trough + " and " + peak : peak + " and " + trough;
    }

    private String notOver(Row row) {
        return bucket(row) + " is not over: " + computed.shown(row, metric) + " so far";
    }

    private boolean isOneLine() {
        return plan.dimensions().isEmpty()
                && !(computed.money() instanceof MoneyMode.Apart)
                && plan.metrics().size() == 1;
    }

    private boolean goesOn(Row row) {
        return grain.end(row.date(grain.word())).isAfter(computed.ground().clock());
    }

    private String at(Row row) {
        String group = plan.dimensions().isEmpty() ? "" : " for " + phrasing.group(row);
        return (grain == Grain.DAY ? "on " : "in ") + bucket(row) + group + " (" + computed.shown(row, metric) + ")";
    }

    private String bucket(Row row) {
        Period period = Period.of(grain, row.date(grain.word()));
        return grain == Grain.WEEK ? "the week of " + period.from() : period.label();
    }
}
