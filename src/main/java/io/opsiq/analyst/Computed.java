package io.opsiq.analyst;

import io.opsiq.analyst.Ground.MoneyMode;
import io.opsiq.analyst.Result.Row;
import java.util.List;
import java.util.stream.Stream;

/** A plan and what it brought: what sentences and figures are made of. */
record Computed(Ground ground, QueryPlan plan, MoneyMode money, Result result) {

    /** So many groups or rows are named in a sentence. */
    static final int NAMED = 5;

    Phrasing phrasing() {
        return new Phrasing(ground, plan);
    }

    /** The first of the metrics. */
    Metric metric() {
        return ground.model().metric(plan.metric());
    }

    List<Metric> metrics() {
        return ground.model().metrics(plan);
    }

    List<Row> rows() {
        return result.rows();
    }

    String shown(Row row, Metric metric) {
        return shown(row, metric, metric.name());
    }

    String shown(Row row, Metric metric, String column) {
        return Figures.shown(metric, row.number(column), currency(row));
    }

    String currency(Row row) {
        return phrasing().currency(row, money);
    }

    Stream<String> currencies() {
        return rows().stream().map(row -> row.text("currency")).distinct();
    }

    /** Whether there are amounts that cannot be put side by side. */
    boolean isApart() {
        return money instanceof MoneyMode.Apart
                && metric().isMoney()
                && currencies().count() > 1;
    }

    List<Row> in(String currency) {
        return rows().stream()
                .filter(row -> row.text("currency").equals(currency))
                .toList();
    }

    /** That there is more than a sentence names. */
    List<String> others() {
        return rows().size() > NAMED ? List.of("The others are in the table.") : List.of();
    }
}
