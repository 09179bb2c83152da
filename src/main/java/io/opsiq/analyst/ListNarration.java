package io.opsiq.analyst;

import static io.opsiq.analyst.Phrasing.capitalized;

import io.opsiq.analyst.Result.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The rows themselves: the first few are named. */
final class ListNarration {

    private final Computed computed;
    private final QueryPlan plan;
    private final Phrasing phrasing;
    private final Metric metric;

    ListNarration(Computed computed) {
        this.computed = computed;
        this.plan = computed.plan();
        this.phrasing = computed.phrasing();
        this.metric = computed.metric();
    }

    Told told() {
        String nouns = phrasing.nouns(metric, false);
        if (computed.result().isEmpty()) {
            return Told.of("There are no " + nouns + phrasing.narrowed() + " to list.");
        }
        String what = metric.kind() == Metric.Kind.COUNT ? nouns : metric.label();
        return new Told(capitalized(what) + phrasing.narrowed() + order() + ": " + named() + ".", more());
    }

    private String order() {
        return switch (plan.order()) {
            case GREATEST -> ", the greatest first";
            case LEAST -> ", the smallest first";
            case LATEST -> metric.isOfCases() ? ", the greatest impact first" : ", the latest first";
        };
    }

    private String named() {
        return computed.rows().stream()
                .limit(Computed.NAMED)
                .map(this::name)
                .collect(Collectors.joining(metric.isOfCases() ? "; " : ", "));
    }

    private String name(Row row) {
        return metric.isOfCases()
                ? Phrasing.name(row.text("title"))
                : row.text(row.grid().columns().getFirst());
    }

    private List<String> more() {
        List<String> more = new ArrayList<>(computed.others());
        if (computed.rows().size() == Objects.requireNonNullElse(plan.limit(), PlanCheck.MOST_LISTED)) {
            more.add("There may be more than are listed.");
        }
        return more;
    }
}
