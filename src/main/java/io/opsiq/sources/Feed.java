package io.opsiq.sources;

import io.opsiq.engine.Engine;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/** Rows of one origin (a file, a mapping's query) that the engine can read. */
public sealed interface Feed permits CsvFeed, ParquetFeed, MappedFeed, BrokenFeed {

    /** How reports name the origin: a path below the data folder, or the mapping's file. */
    String label();

    /** The columns, in the origin's order. */
    List<FeedColumn> columns();

    /**
     * Reads all rows, in the origin's order.
     *
     * @param insert turns a FROM item into the statement that stores its rows; may be asked more than once
     * @return rows that could not even be split into fields, by their lines
     */
    List<Reject> copy(Engine engine, UnaryOperator<String> insert);

    /**
     * The lines (from 1) on which stored rows stand; 0 where unknown.
     *
     * @param rejectedLines the lines of rows that were not stored, ascending
     * @param ordinals positions (from 0) among the stored rows, ascending
     */
    default long[] lines(long[] rejectedLines, long[] ordinals) {
        return LongStream.of(ordinals).map(ordinal -> ordinal + 1).toArray();
    }

    /** A row that cannot be split into fields: its line (0 where unknown), its text (shortened) and the reason. */
    record Reject(long line, String value, String reason) {}
}
