package io.opsiq.cases;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;

/** Reads rows straight from the driver, by position: a state may have more cases than columns can be looked up for by name. */
final class Rows {

    private Rows() {}

    /** Takes the current row. */
    @FunctionalInterface
    interface Reader {

        void read(ResultSet row) throws SQLException;
    }

    /** Streams what the query gives. */
    static void forEach(DSLContext context, String sql, List<Object> values, Reader reader) {
        context.connection(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < values.size(); i++) {
                    statement.setObject(i + 1, values.get(i));
                }
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        reader.read(rows);
                    }
                }
            } catch (SQLException e) {
                throw new DataAccessException(e.getMessage(), e);
            }
        });
    }
}
