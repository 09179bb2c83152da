package io.opsiq.detectors;

import io.opsiq.engine.Engine;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the rows of one query as values by column; the columns are asked for once. */
final class FoundRows implements Engine.RowConsumer {

    private final Consumer<Map<String, @Nullable Object>> consumer;
    private final List<Column> columns = new ArrayList<>();

    /** @param consumer is given each row, to keep */
    FoundRows(Consumer<Map<String, @Nullable Object>> consumer) {
        this.consumer = consumer;
    }

    private record Column(int place, String name, Kind kind) {

        @Nullable
        Object of(ResultSet row) throws SQLException {
            return switch (kind) {
                case MOMENT -> row.getObject(place, LocalDateTime.class);
                case DAY -> row.getObject(place, LocalDate.class);
                case TEXT -> row.getString(place);
                case OTHER -> plain(row.getObject(place));
            };
        }
    }

    private enum Kind {
        MOMENT,
        DAY,
        TEXT,
        OTHER;

        static Kind of(String type) {
            if (type.startsWith("TIMESTAMP")) {
                return MOMENT;
            }
            return switch (type) {
                case "DATE" -> DAY;
                case "VARCHAR" -> TEXT;
                default -> OTHER;
            };
        }
    }

    @Override
    public void accept(ResultSet row) throws SQLException {
        if (columns.isEmpty()) {
            describe(row.getMetaData());
        }
        Map<String, @Nullable Object> values = LinkedHashMap.newLinkedHashMap(columns.size());
        for (Column column : columns) {
            values.put(column.name(), column.of(row));
        }
        consumer.accept(values);
    }

    private void describe(ResultSetMetaData described) throws SQLException {
        for (int place = 1; place <= described.getColumnCount(); place++) {
            columns.add(new Column(place, described.getColumnName(place), Kind.of(described.getColumnTypeName(place))));
        }
    }

    private static @Nullable Object plain(@Nullable Object value) throws SQLException {
        return switch (value) {
            case Array array -> texts((Object[]) array.getArray());
            case BigDecimal number -> number;
            case Number number -> new BigDecimal(number.toString());
            case null, default -> value;
        };
    }

    private static List<String> texts(@Nullable Object[] elements) {
        List<String> texts = new ArrayList<>(elements.length);
        for (@Nullable Object element : elements) {
            texts.add(String.valueOf(element));
        }
        return List.copyOf(texts);
    }
}
