package io.opsiq.books;

import org.jspecify.annotations.Nullable;

/**
 * A row that was set aside.
 *
 * @param file the file below the data folder, or the mapping's query
 * @param line the line it starts on, from 1; for Parquet files and mappings the row; 0 where unknown
 * @param column the contract's column at fault; null where the row as a whole is
 * @param value what stands there, shortened; null where nothing does
 */
public record BadRow(
        String table,
        String file,
        long line,
        @Nullable String column,
        @Nullable String value,
        String reason) {}
