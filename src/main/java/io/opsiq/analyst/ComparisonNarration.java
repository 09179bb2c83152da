package io.opsiq.analyst;

import static io.opsiq.analyst.Phrasing.capitalized;

import io.opsiq.analyst.QueryPlan.Direction;
import io.opsiq.analyst.Result.Row;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.stream.Collectors;

/** Two periods side by side. */
final class ComparisonNarration {

    private final Computed computed;
    private final QueryPlan plan;
    private final Phrasing phrasing;
    private final Metric metric;
    private final Period before;

    ComparisonNarration(Computed computed) {
        this.computed = computed;
        this.plan = computed.plan();
        this.phrasing = computed.phrasing();
        this.metric = computed.metric();
        this.before = Objects.requireNonNull(plan.against());
    }

    Told told() {
        return plan.dimensions().isEmpty() ? ofAll() : byGroups();
    }

    private Told ofAll() {
        String first = computed.rows().stream().map(this::compared).collect(Collectors.joining("; "));
        return new Told(capitalized(first) + ".", phrasing.likeForLike());
    }

    private Told byGroups() {
        String groups = computed.rows().stream()
                .limit(Computed.NAMED)
                .map(this::changed)
                .collect(Collectors.joining(", "));
        return new Told(
                capitalized(phrasing.subject(metric)) + " by " + phrasing.by() + " " + phrasing.when() + ", against "
                        + before.label() + ": " + groups + ".",
                computed.others());
    }

    private String compared(Row row) {
        String subject = phrasing.subject(metric);
        String now = computed.shown(row, metric);
        String then = computed.shown(row, metric, metric.name() + "_before");
        BigDecimal change = row.number("change");
        if (change == null) {
            return subject + " " + phrasing.when() + " was " + now + ", and " + then + " " + phrasing.in(before);
        }
        return premise(change) + subject + " " + Phrasing.went(change) + by(row, change) + ": " + now + " "
                + phrasing.when() + ", against " + then + " " + phrasing.in(before);
    }

    private String by(Row row, BigDecimal change) {
        BigDecimal percent = row.number("change_percent");
        return change.signum() == 0
                ? ""
                : " by " + Figures.size(metric, change, computed.currency(row))
                        + (percent == null ? "" : " (" + Figures.percent(percent.abs(), 1) + ")");
    }

    private String premise(BigDecimal change) {
        Direction premise = plan.premise();
        if (premise == null) {
            return "";
        }
        boolean holds = premise == Direction.UP ? change.signum() > 0 : change.signum() < 0;
        return holds ? "Yes: " : "No: ";
    }

    private String changed(Row row) {
        BigDecimal change = row.number("change");
        return phrasing.group(row) + " "
                + (change == null
                        ? computed.shown(row, metric)
                        : Figures.signed(metric, change, computed.currency(row)));
    }
}
