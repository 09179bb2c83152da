package io.opsiq.books;

import io.opsiq.engine.Engine;
import io.opsiq.sources.Feed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The books as the engine holds them: every table and column of the contract exists there (a missing table is empty, a
 * missing column null), rows are good, text is trimmed, moments are UTC. Beside them stand {@code clock} (one row: {@code
 * now}, {@code first_day}, {@code last_day}) and {@code daily_rates} ({@code currency, day, to_base}); amounts that have a
 * currency and a date have a column {@code to_base}, the factor to the base currency at that date, 1 without rates.
 *
 * @param engine holds the tables; sealed
 * @param tables what was found of each table that is there
 * @param otherTables names found that the contract does not know
 * @param remarks what the source had to say, such as raw tables that a mapping missed
 * @param clock "now" for everything that is judged; null when no table has a moment
 * @param currencies of all amounts, sorted
 * @param baseCurrency the currency that amounts can be converted to: the one whose rate is 1, or the only one there is
 */
public record Books(
        Engine engine,
        String label,
        List<TableReport> tables,
        List<String> otherTables,
        List<String> remarks,
        @Nullable Instant clock,
        List<String> currencies,
        @Nullable String baseCurrency,
        Map<Integer, Feed> feeds) {

    /** The report of a table that is there. */
    public Optional<TableReport> table(String name) {
        return tables.stream().filter(table -> table.name().equals(name)).findFirst();
    }

    /** Rows in use over all tables. */
    public long rows() {
        return tables.stream().mapToLong(TableReport::rows).sum();
    }

    /** Rows set aside over all tables. */
    public long badRows() {
        return tables.stream().mapToLong(TableReport::badRows).sum();
    }

    /** Why something that needs these tables and columns cannot run on these books; empty when it can. */
    public Optional<String> missing(Map<String, List<String>> required) {
        for (Map.Entry<String, List<String>> entry : required.entrySet()) {
            Optional<TableReport> table = table(entry.getKey());
            if (table.isEmpty()) {
                return Optional.of("there is no table " + entry.getKey());
            }
            if (table.get().rows() == 0) {
                return Optional.of("the table " + entry.getKey() + " has no rows");
            }
            for (String column : entry.getValue()) {
                if (table.get().missingColumns().contains(column)
                        || table.get().missingOptionalColumns().contains(column)) {
                    return Optional.of("the table " + entry.getKey() + " has no column " + column);
                }
            }
        }
        return Optional.empty();
    }

    /** Every row that was set aside, table by table and file by file in the order of the files. */
    public void forEachBadRow(Consumer<BadRow> consumer) {
        engine.list(
                        "select distinct table_name, feed from intake.bad_rows order by feed",
                        row -> Map.entry(row.getInt(2), row.getString(1)))
                .forEach(feed -> forEachBadRow(feed.getValue(), feed.getKey(), consumer));
    }

    private void forEachBadRow(String table, int feedNumber, Consumer<BadRow> consumer) {
        Feed feed = feeds.get(feedNumber);
        if (feed == null) {
            throw new IllegalStateException("no feed " + feedNumber);
        }
        long[] rejected = numbers("line", feedNumber);
        PrimitiveIterator.OfLong rows = LongStream.of(feed.lines(rejected, numbers("ordinal", feedNumber)))
                .iterator();
        engine.forEach(
                """
                select column_name, value, reason, line
                from intake.bad_rows
                where feed = ?
                order by line nulls last, ordinal
                """,
                row -> consumer.accept(new BadRow(
                        table,
                        feed.label(),
                        row.getObject("line") == null ? rows.nextLong() : row.getLong("line"),
                        row.getString("column_name"),
                        row.getString("value"),
                        row.getString("reason"))),
                feedNumber);
    }

    private long[] numbers(String column, int feed) {
        LongStream.Builder numbers = LongStream.builder();
        engine.forEach(
                "select %1$s from intake.bad_rows where feed = ? and %1$s is not null order by %1$s".formatted(column),
                row -> numbers.add(row.getLong(1)),
                feed);
        return numbers.build().toArray();
    }
}
