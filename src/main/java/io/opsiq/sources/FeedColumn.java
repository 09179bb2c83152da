package io.opsiq.sources;

import io.opsiq.engine.Sql;
import java.util.Locale;

/**
 * A column of a feed.
 *
 * @param header the name as the origin writes it
 * @param reference the name by which the feed's FROM item knows it
 * @param type DuckDB's name of its type
 */
public record FeedColumn(String header, String reference, String type) {

    /** The name by which the contract knows it: case and surrounding blanks do not matter. */
    public String name() {
        return header.strip().toLowerCase(Locale.ROOT);
    }

    /** The reference, quoted for SQL. */
    public String sql() {
        return Sql.identifier(reference);
    }

    /** SQL for the value as trimmed text; blank text is no value. */
    public String text() {
        String value = type.equals("VARCHAR") ? sql() : "cast(" + sql() + " as varchar)";
        return "nullif(trim(" + value + ", ' \t\r\n\u00a0'), '')";
    }
}
