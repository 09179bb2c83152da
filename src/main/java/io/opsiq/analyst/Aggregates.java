package io.opsiq.analyst;

import io.opsiq.analyst.Ground.MoneyMode;
import io.opsiq.books.Money;
import java.math.BigDecimal;

/** Metrics as SQL over facts: rounded at the end, to what their unit has. */
final class Aggregates {

    private final SemanticModel model;
    private final MoneyMode money;

    Aggregates(SemanticModel model, MoneyMode money) {
        this.model = model;
        this.money = money;
    }

    /** Digits after the point that amounts are rounded to. */
    int moneyDigits() {
        return switch (money) {
            case MoneyMode.Single(String currency) -> digits(currency);
            case MoneyMode.Converted(String base) -> digits(base);
            case MoneyMode.Apart _, MoneyMode.None _ -> 2;
        };
    }

    private static int digits(String currency) {
        return Money.rounded(BigDecimal.ONE, currency).scale();
    }

    int digits(Metric metric) {
        return switch (metric.unit()) {
            case MONEY -> moneyDigits();
            case COUNT -> 0;
            case SHARE -> 6;
            case UNITS -> 4;
        };
    }

    /**
     * @param filter empty, or what stands behind each aggregate, such as {@code filter (where day < …)}
     */
    String of(Metric metric, String filter) {
        String raw = raw(metric, filter);
        return metric.unit() == Metric.Unit.COUNT
                ? "cast(" + raw + " as bigint)"
                : "round(" + raw + ", " + digits(metric) + ")";
    }

    String raw(Metric metric, String filter) {
        String behind = filter.isEmpty() ? "" : " " + filter;
        return switch (metric.kind()) {
            case SUM, COUNT -> "coalesce(sum(" + metric.name() + ")" + behind + ", 0)";
            case DIFFERENCE -> raw(first(metric), filter) + " - " + raw(second(metric), filter);
            case RATIO ->
                "cast(" + raw(first(metric), filter) + " as double) / nullif(" + raw(second(metric), filter) + ", 0)";
        };
    }

    Metric first(Metric metric) {
        return model.metric(metric.of().getFirst());
    }

    Metric second(Metric metric) {
        return model.metric(metric.of().getLast());
    }
}
