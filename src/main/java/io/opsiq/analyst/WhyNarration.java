package io.opsiq.analyst;

import static io.opsiq.analyst.Phrasing.capitalized;

import io.opsiq.analyst.Ground.MoneyMode;
import io.opsiq.analyst.QueryPlan.Direction;
import io.opsiq.analyst.Result.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Puts what moved a number in sentences: whether it moved, by what formula, in which segments. Never what caused it. */
final class WhyNarration {

    private static final int NAMED = 5;

    private final Ground ground;
    private final QueryPlan plan;
    private final MoneyMode money;
    private final Result result;
    private final Phrasing phrasing;
    private final Metric metric;

    WhyNarration(Ground ground, QueryPlan plan, MoneyMode money, Result result) {
        this.ground = ground;
        this.plan = plan;
        this.money = money;
        this.result = result;
        this.phrasing = new Phrasing(ground, plan);
        this.metric = ground.model().metric(plan.metric());
    }

    private List<Row> rows(String part) {
        return result.rows().stream()
                .filter(row -> row.text("part").equals(part))
                .toList();
    }

    Told told() {
        Row total = rows("total").getFirst();
        BigDecimal change = total.number("change");
        Period before = Objects.requireNonNull(plan.against());
        String now = shown(total, metric.name());
        String then = shown(total, metric.name() + "_before");
        String subject = phrasing.subject(metric);
        if (change == null) {
            return new Told(
                    capitalized(subject) + " " + phrasing.when() + " is " + now + ", and " + phrasing.in(before) + " "
                            + then + ", so there is no change to explain.",
                    List.of());
        }
        String moved = ": " + now + " " + phrasing.when() + ", against " + then + " " + phrasing.in(before) + ".";
        String first = contradicts(change)
                ? capitalized(subject) + " did not go " + (plan.premise() == Direction.DOWN ? "down" : "up") + "; it "
                        + Narration.went(change) + by(change, total) + moved
                : capitalized(subject) + " " + Narration.went(change) + by(change, total) + moved;
        List<String> rest = new ArrayList<>();
        if (change.signum() != 0) {
            rest.addAll(tree());
            rest.addAll(drivers());
        }
        rest.addAll(whole());
        rest.addAll(Narration.likeForLike(plan, ground));
        rest.addAll(cases());
        return new Told(first, rest);
    }

    private boolean contradicts(BigDecimal change) {
        Direction premise = plan.premise();
        return premise != null && (premise == Direction.UP ? change.signum() <= 0 : change.signum() >= 0);
    }

    private String by(BigDecimal change, Row total) {
        return change.signum() == 0 ? "" : " by " + Figures.size(metric, change, phrasing.currency(total, money));
    }

    private String shown(Row row, String column) {
        return Figures.shown(metric, row.number(column), phrasing.currency(row, money));
    }

    private String signed(Row row, String column) {
        return Figures.signed(metric, row.amount(column), phrasing.currency(row, money));
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
        said.add("By " + rows.getFirst().text("cut") + ": "
                + rows.stream().limit(NAMED).map(this::driver).collect(Collectors.joining(", "))
                + (rows.size() > NAMED ? ", and others in the table" : "")
                + rows("rest").stream()
                        .map(row -> "; all others together " + signed(row, "change"))
                        .collect(Collectors.joining())
                + ".");
        List<Row> others = rows("most of another cut");
        if (!others.isEmpty()) {
            said.add("Cut otherwise, most came from "
                    + others.stream()
                            .map(row -> row.text("cut") + " " + Phrasing.name(row.text("segment")) + " ("
                                    + signed(row, "change") + ")")
                            .collect(Collectors.joining(", "))
                    + ".");
        }
        said.add(
                "The drivers and what is left add up to the change; they show where it lies, not what brought it about.");
        return said;
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
                .map(row -> row.text("segment") + " as a whole had " + shown(row, metric.name() + "_before") + ".")
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
