package io.opsiq.analyst;

import static io.opsiq.analyst.Phrasing.capitalized;

import io.opsiq.analyst.QueryPlan.Order;
import io.opsiq.analyst.Result.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** One row a group: side by side, or with the highest and the lowest named. */
final class GroupsNarration {

    private final Computed computed;
    private final QueryPlan plan;
    private final Phrasing phrasing;
    private final Metric metric;

    GroupsNarration(Computed computed) {
        this.computed = computed;
        this.plan = computed.plan();
        this.phrasing = computed.phrasing();
        this.metric = computed.metric();
    }

    Told breakdown() {
        String first = capitalized(subjects()) + " by " + phrasing.by() + " " + phrasing.when() + ": " + named(0) + ".";
        return new Told(first, computed.others());
    }

    private String subjects() {
        return plan.metrics().size() == 1
                ? phrasing.subject(metric)
                : computed.metrics().stream().map(Metric::label).collect(Collectors.joining(" and "));
    }

    Told ranking() {
        return computed.isApart() ? new Told(firstOfEach() + ".", computed.others()) : firstOfAll();
    }

    /** The first of each currency, where they cannot be ranked together. */
    private String firstOfEach() {
        return capitalized(phrasing.by()) + " with the " + most() + phrasing.subject(metric) + " " + phrasing.when()
                + ", currency by currency: "
                + computed.currencies()
                        .map(currency -> computed.in(currency).getFirst())
                        .map(row -> phrasing.group(row) + " " + computed.shown(row, metric) + share(row))
                        .collect(Collectors.joining(", "));
    }

    private String most() {
        return plan.order() == Order.LEAST ? "lowest " : "highest ";
    }

    private Told firstOfAll() {
        List<Row> ties = ties();
        String names = ties.stream().limit(Computed.NAMED).map(phrasing::group).collect(Collectors.joining(" and "));
        String first = capitalized(phrasing.by()) + " " + names + (ties.size() > 1 ? " share the " : " has the ")
                + most() + phrasing.subject(metric) + " " + phrasing.when() + ": "
                + computed.shown(ties.getFirst(), metric) + share(ties.getFirst()) + ".";
        List<String> rest = new ArrayList<>();
        if (computed.rows().size() > ties.size()) {
            rest.add("Then: " + named(ties.size()) + ".");
        }
        rest.addAll(computed.others());
        return new Told(first, rest);
    }

    private List<Row> ties() {
        Row first = computed.rows().getFirst();
        BigDecimal best = first.amount(metric.name());
        return computed.rows().stream()
                .filter(row -> row.amount(metric.name()).compareTo(best) == 0
                        && computed.currency(row).equals(computed.currency(first)))
                .toList();
    }

    private String named(int from) {
        return computed.rows().stream()
                .skip(from)
                .limit(Computed.NAMED)
                .map(row -> phrasing.group(row) + " " + values(row) + share(row))
                .collect(Collectors.joining(", "));
    }

    private String values(Row row) {
        return plan.metrics().size() == 1
                ? computed.shown(row, metric)
                : computed.metrics().stream()
                        .map(each -> each.label() + " " + computed.shown(row, each))
                        .collect(Collectors.joining(" and "));
    }

    private static String share(Row row) {
        BigDecimal share = row.number("share_percent");
        return share == null ? "" : " (" + Figures.percent(share, 1) + ")";
    }
}
