package io.opsiq.analyst;

import static io.opsiq.analyst.Phrasing.capitalized;

import io.opsiq.analyst.QueryPlan.Direction;
import io.opsiq.analyst.Result.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Puts what moved a number in sentences: whether it moved, by what formula, in which segments. Never what caused it. */
final class WhyNarration {

    private final Computed computed;
    private final QueryPlan plan;
    private final Phrasing phrasing;
    private final Metric metric;

    WhyNarration(Computed computed) {
        this.computed = computed;
        this.plan = computed.plan();
        this.phrasing = computed.phrasing();
        this.metric = computed.metric();
    }

    private List<Row> rows(String part) {
        return computed.rows().stream()
                .filter(row -> row.text("part").equals(part))
                .toList();
    }

    Told told() {
        Row total = rows("total").getFirst();
        BigDecimal change = total.number("change");
        Period before = Objects.requireNonNull(plan.against());
        String subject = capitalized(phrasing.subject(metric));
        String now = computed.shown(total, metric);
        String then = computed.shown(total, metric, metric.name() + "_before");
        return change == null
                ? Told.of(subject + " " + phrasing.when() + " is " + now + ", and " + phrasing.in(before) + " " + then
                        + ", so there is no change to explain.")
                : new Told(
                        subject + moved(change) + by(change, total) + ": " + now + " " + phrasing.when() + ", against "
                                + then + " " + phrasing.in(before) + ".",
                        reasons(change));
    }

    private List<String> reasons(BigDecimal change) {
        List<String> reasons = new ArrayList<>();
        if (change.signum() != 0) {
            reasons.addAll(tree());
            reasons.addAll(drivers());
        }
        reasons.addAll(whole());
        reasons.addAll(phrasing.likeForLike());
        reasons.addAll(cases());
        return reasons;
    }

    /** What it did; a premise that does not hold is put right. */
    private String moved(BigDecimal change) {
        String corrected = plan.premise() == Direction.DOWN ? " did not go down; it " : " did not go up; it ";
        return (contradicts(change) ? corrected : " ") + Phrasing.went(change);
    }

    private boolean contradicts(BigDecimal change) {
        Direction premise = plan.premise();
        return premise != null && (premise == Direction.UP ? change.signum() <= 0 : change.signum() >= 0);
    }

    private String by(BigDecimal change, Row total) {
        return change.signum() == 0 ? "" : " by " + Figures.size(metric, change, computed.currency(total));
    }

    private String signed(Row row, String column) {
        return Figures.signed(metric, row.amount(column), computed.currency(row));
    }

    private List<String> tree() {
        List<Row> rows = rows("tree");
        return rows.isEmpty()
                ? List.of()
                : List.of("By its formula: "
                        + rows.stream()
                                .map(row -> row.text("segment") + " contributed " + signed(row, "change"))
                                .collect(Collectors.joining(", "))
                        + ".");
    }

    private List<String> drivers() {
        List<Row> rows = rows("driver");
        if (rows.isEmpty()) {
            return List.of("No cut splits it further: all of it lies in one segment of each.");
        }
        List<String> said = new ArrayList<>();
        said.add(chosenCut(rows));
        said.addAll(otherCuts());
        said.add(
                "The drivers and what is left add up to the change; they show where it lies, not what brought it about.");
        return said;
    }

    private String chosenCut(List<Row> drivers) {
        String named = drivers.stream().limit(Computed.NAMED).map(this::driver).collect(Collectors.joining(", "));
        String left = rows("rest").stream()
                .map(row -> "; " + row.text("segment") + " " + signed(row, "change"))
                .collect(Collectors.joining());
        return "By " + drivers.getFirst().text("cut") + ": " + named
                + (drivers.size() > Computed.NAMED ? ", and others in the table" : "") + left + ".";
    }

    private List<String> otherCuts() {
        String others = rows("most of another cut").stream()
                .map(row ->
                        row.text("cut") + " " + Phrasing.name(row.text("segment")) + " (" + signed(row, "change") + ")")
                .collect(Collectors.joining(", "));
        return others.isEmpty() ? List.of() : List.of("Cut otherwise, most came from " + others + ".");
    }

    private String driver(Row row) {
        String effects = metric.isRatio()
                ? " (rate " + signed(row, "rate_effect") + ", mix " + signed(row, "mix_effect") + ")"
                : " (" + Figures.percent(row.amount("share_percent"), 1) + " of the change)";
        return Phrasing.name(row.text("segment")) + " contributed " + signed(row, "change") + effects;
    }

    /** The whole period before, where only its first days are compared. */
    private List<String> whole() {
        return rows("whole period before").stream()
                .map(row -> row.text("segment") + " as a whole had "
                        + computed.shown(row, metric, metric.name() + "_before") + ".")
                .toList();
    }

    private List<String> cases() {
        List<Row> rows = rows("case");
        return rows.isEmpty()
                ? List.of()
                : List.of("Open cases that touch these segments: "
                        + rows.stream()
                                .map(row -> row.text("cut") + " (" + Phrasing.name(row.text("segment")) + ")")
                                .collect(Collectors.joining("; "))
                        + ".");
    }
}
