package io.opsiq.books;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of books beside their rows.
 *
 * @param label how reports name where they came from
 * @param clock "now" for everything that is judged; null when no table has a moment
 * @param baseCurrency the currency that amounts can be converted to; null where there is none
 */
public record BooksFacts(
        String label,
        List<TableReport> tables,
        List<String> otherTables,
        List<String> remarks,
        @Nullable Instant clock,
        List<String> currencies,
        @Nullable String baseCurrency) {

    static BooksFacts of(Books books) {
        return new BooksFacts(
                books.label(),
                books.tables(),
                books.otherTables(),
                books.remarks(),
                books.clock(),
                books.currencies(),
                books.baseCurrency());
    }

    /** The report of a table that is there. */
    public Optional<TableReport> table(String name) {
        return tables.stream().filter(table -> table.name().equals(name)).findFirst();
    }
}
