package io.opsiq.sources;

import io.opsiq.engine.Engine;
import io.opsiq.engine.Sql;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A column of a feed.
 *
 * @param header the name as the origin writes it
 * @param reference the name by which the feed's FROM item knows it
 * @param type DuckDB's name of its type
 */
public record FeedColumn(String header, String reference, String type) {

    private static final String BLANKS = " \t\r\n\u00a0";

    /** The columns of a FROM item whose types the engine knows. */
    static List<FeedColumn> of(String relation, Engine engine) {
        return engine.list("describe select * from " + relation, row -> {
            String name = row.getString("column_name");
            return new FeedColumn(name, name, row.getString("column_type"));
        });
    }

    /** The name by which the contract knows it: case and surrounding blanks do not matter. */
    public String name() {
        return header.replace('\u00a0', ' ').strip().toLowerCase(Locale.ROOT);
    }

    /** The reference, quoted for SQL. */
    public String sql() {
        return Sql.identifier(reference);
    }

    /** SQL for the value as trimmed text; blank text is no value. Most texts need no trimming, and looking is cheaper. */
    public String text() {
        String value = type.equals("VARCHAR") ? sql() : "cast(" + sql() + " as varchar)";
        String mayNeedTrimming = BLANKS.chars()
                .mapToObj(blank -> "contains(%s, '%s')".formatted(value, Character.toString(blank)))
                .collect(Collectors.joining(" or "));
        return "case when %2$s or %1$s = '' then nullif(trim(%1$s, '%3$s'), '') else %1$s end"
                .formatted(value, mayNeedTrimming, BLANKS);
    }
}
