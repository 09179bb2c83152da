package io.opsiq.analyst;

import io.opsiq.engine.Grid;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A result, read by the names of its columns. */
record Result(Grid grid) {

    List<Row> rows() {
        return grid.rows().stream().map(row -> new Row(grid, row)).toList();
    }

    boolean isEmpty() {
        return grid.rows().isEmpty();
    }

    boolean has(String column) {
        return grid.column(column) >= 0;
    }

    /** One row. */
    record Row(Grid grid, List<@Nullable Object> values) {

        @Nullable
        Object value(String column) {
            int at = grid.column(column);
            return at < 0 ? null : values.get(at);
        }

        String text(String column) {
            return Objects.toString(value(column), "");
        }

        @Nullable
        BigDecimal number(String column) {
            Object value = value(column);
            return value instanceof Number ? new BigDecimal(value.toString()) : null;
        }

        /** A number that is there, else zero. */
        BigDecimal amount(String column) {
            return Objects.requireNonNullElse(number(column), BigDecimal.ZERO);
        }

        LocalDate date(String column) {
            return LocalDate.parse(text(column).substring(0, 10));
        }
    }
}
