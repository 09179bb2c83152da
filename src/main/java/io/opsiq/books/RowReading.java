package io.opsiq.books;

import io.opsiq.engine.Sql;
import io.opsiq.sources.FeedColumn;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The SQL that reads one feed into its table: text to values, and the first flaw of each row. */
final class RowReading {

    private final Table table;
    private final Map<String, FeedColumn> there = new HashMap<>();
    private final LocalDate latest;

    /**
     * @param columns what the feed has; of two columns of one name the first counts
     * @param latest the last day on which a fact may lie
     */
    RowReading(Table table, List<FeedColumn> columns, LocalDate latest) {
        this.table = table;
        this.latest = latest;
        columns.forEach(column -> there.putIfAbsent(column.name(), column));
    }

    /** The statement that reads all rows of this FROM item. */
    String insertFrom(String relation) {
        List<String> raw = new ArrayList<>();
        List<String> typed = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (Column column : table.columns()) {
            String name = Sql.identifier(column.name());
            FeedColumn source = there.get(column.name());
            if (source != null) {
                raw.add(rawValue(column, source) + " as " + rawName(column));
                typed.add(rawName(column));
            }
            typed.add(typedValue(column, source) + " as " + name);
            values.add(name);
        }
        return "insert into main.%s select %s, %s from (select %s from (select %s from %s))"
                .formatted(
                        table.name(),
                        String.join(", ", values),
                        flaw(),
                        String.join(", ", typed),
                        raw.isEmpty() ? "1" : String.join(", ", raw),
                        relation);
    }

    private static String rawName(Column column) {
        return Sql.identifier("raw_" + column.name());
    }

    private static String rawValue(Column column, FeedColumn source) {
        return readsNatively(column.type(), source.type()) ? source.sql() : source.text();
    }

    /** Whether the feed's own type holds the value, so that it need not pass through text. */
    private static boolean readsNatively(ColumnType type, String sourceType) {
        return switch (type) {
            case MONEY, NUMBER, RATE ->
                sourceType.matches("DECIMAL.*|DOUBLE|FLOAT|(U?(TINY|SMALL|BIG|HUGE)INT)|U?INTEGER");
            case TIME, DATE -> sourceType.startsWith("TIMESTAMP") || sourceType.equals("DATE");
            case ID, TEXT, WORD, CURRENCY -> false;
        };
    }

    private static String typedValue(Column column, @Nullable FeedColumn source) {
        if (source == null) {
            return column.type() == ColumnType.CURRENCY
                    ? "'USD'"
                    : "cast(null as " + column.type().sql() + ")";
        }
        String raw = rawName(column);
        if (readsNatively(column.type(), source.type())) {
            String utc = source.type().equals("TIMESTAMP WITH TIME ZONE") ? raw + " at time zone 'UTC'" : raw;
            return "try_cast(" + utc + " as " + column.type().sql() + ")";
        }
        return switch (column.type()) {
            case ID, TEXT -> raw;
            case WORD -> "lower(" + raw + ")";
            case CURRENCY -> "coalesce(upper(" + raw + "), 'USD')";
            case MONEY, NUMBER -> "read_number(" + raw + ")";
            case RATE -> "read_rate(" + raw + ")";
            case TIME -> "read_time(" + raw + ")";
            case DATE -> "cast(read_time(" + raw + ") as date)";
        };
    }

    /** A struct that names the first flaw, or null for a good row. */
    private String flaw() {
        StringBuilder flaws = new StringBuilder();
        for (Column column : table.columns()) {
            if (there.containsKey(column.name())) {
                flaws(column)
                        .forEach((condition, reason) -> flaws.append(
                                " when %s then {'column_name': %s, 'value': left(cast(%s as varchar), 200), 'reason': %s}"
                                        .formatted(
                                                condition,
                                                Sql.literal(column.name()),
                                                rawName(column),
                                                Sql.literal(reason))));
            }
        }
        return flaws.isEmpty() ? "null" : "case" + flaws + " end";
    }

    private Map<String, String> flaws(Column column) {
        Map<String, String> flaws = new LinkedHashMap<>();
        String raw = rawName(column);
        String value = Sql.identifier(column.name());
        if (column.name().equals(table.id())) {
            flaws.put(raw + " is null", "empty id");
        }
        if (column.type().canFail()) {
            if (!column.mayBeEmpty()) {
                flaws.put(raw + " is null", "empty " + column.type().noun());
            }
            flaws.put(
                    value + " is null and " + raw + " is not null",
                    "unreadable " + column.type().noun());
        }
        if (column.name().equals(table.clock())) {
            flaws.put("%s >= date '%s' + 1".formatted(value, latest), "dated after tomorrow (" + latest + ")");
        }
        return flaws;
    }
}
