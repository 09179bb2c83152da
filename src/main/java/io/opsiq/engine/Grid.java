package io.opsiq.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a query.
 *
 * @param capped whether the query returned more rows than these
 */
public record Grid(List<String> columns, List<List<@Nullable Object>> rows, boolean capped) {

    public static Grid empty() {
        return new Grid(List.of(), List.of(), false);
    }

    /** The position of a column; -1 where there is none. */
    public int column(String name) {
        return columns.indexOf(name);
    }
}
