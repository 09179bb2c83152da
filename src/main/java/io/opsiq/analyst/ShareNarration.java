package io.opsiq.analyst;

import io.opsiq.analyst.QueryPlan.Filter;
import io.opsiq.analyst.Result.Row;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What part of a whole a group, or each group, has. */
record ShareNarration(Computed computed) {

    Told told() {
        String what = computed.phrasing().subject(computed.metric()) + " "
                + computed.phrasing().when();
        List<Row> asked = computed.rows().stream().filter(this::isAskedFor).toList();
        if (asked.isEmpty() && ofGroups().findAny().isPresent()) {
            return Told.of("What was asked for has no part in " + what + ".");
        }
        return Told.of("Share of " + what + ": " + parts(asked.isEmpty() ? computed.rows() : asked) + ".");
    }

    private String parts(List<Row> rows) {
        return rows.stream().limit(Computed.NAMED).map(this::part).collect(Collectors.joining(", "));
    }

    private String part(Row row) {
        return computed.phrasing().group(row) + " " + Figures.percent(row.amount("share_percent"), 1) + " ("
                + computed.shown(row, computed.metric()) + ")";
    }

    /** Filters on what it is split by: they say which part is asked for. */
    private Stream<Filter> ofGroups() {
        return computed.plan().filters().stream()
                .filter(filter -> computed.plan().dimensions().contains(filter.dimension()));
    }

    private boolean isAskedFor(Row row) {
        return ofGroups()
                .anyMatch(filter -> Stream.of("", "_name", "_id")
                        .map(ending -> row.text(filter.dimension() + ending))
                        .anyMatch(filter.values()::contains));
    }
}
