package io.opsiq.engine;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * A DuckDB of its own for one question, over a database file that it can only read: no file, no network, no extension, no
 * setting, bounded memory and time. What a question may not do is refused twice: by the engine's own settings and, before
 * that, by a look into the statement ({@link SelectCheck}).
 */
public final class Sandbox implements Queries, AutoCloseable {

    private final Connection connection;
    private final Limits limits;
    private final SelectCheck check;

    private Sandbox(Connection connection, Limits limits, Set<String> tables) {
        this.connection = connection;
        this.limits = limits;
        this.check = new SelectCheck(this, tables);
    }

    /**
     * Opens the file for reading and locks the instance.
     *
     * @param tables what {@link #ask} may name
     * @param before is handed the instance before it is locked, to put tables of its own beside those of the file
     */
    public static Sandbox over(Path file, Limits limits, Set<String> tables, Consumer<Loading> before) {
        try {
            Connection connection = DriverManager.getConnection("jdbc:duckdb:", options(limits));
            try (Statement statement = connection.createStatement()) {
                statement.execute("set TimeZone = 'UTC'");
                before.accept(new Loading(connection.unwrap(DuckDBConnection.class)));
                statement.execute("attach " + Sql.literal(file.toString()) + " as books (read_only)");
                statement.execute("set search_path = 'books.main,memory.main'");
                statement.execute("set enable_external_access = false");
                statement.execute("set lock_configuration = true");
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
            return new Sandbox(connection, limits, tables);
        } catch (SQLException e) {
            throw new EngineException(e);
        }
    }

    private static Properties options(Limits limits) {
        Properties options = new Properties();
        options.setProperty("memory_limit", limits.memory());
        options.setProperty("threads", Integer.toString(limits.threads()));
        options.setProperty("temp_directory", ""); // nothing of a question is written anywhere
        options.setProperty("jdbc_stream_results", "true");
        options.setProperty("autoinstall_known_extensions", "false");
        options.setProperty("autoload_known_extensions", "false");
        options.setProperty("allow_community_extensions", "false");
        return options;
    }

    /**
     * Runs one SELECT over the permitted tables. Throws {@link EngineException} when it is anything else, when the engine
     * refuses it and when it takes longer than the limit.
     */
    public Grid ask(String sql) {
        check.require(sql);
        return run(sql, this::grid);
    }

    /** The program's own queries; not for SQL that anybody else had a hand in. */
    @Override
    public <T> List<T> list(String sql, Engine.RowReader<T> reader, Object... values) {
        return run(
                sql,
                rows -> {
                    List<T> read = new ArrayList<>();
                    while (rows.next()) {
                        read.add(reader.read(rows));
                    }
                    return read;
                },
                values);
    }

    private Grid grid(ResultSet rows) throws SQLException {
        int width = rows.getMetaData().getColumnCount();
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= width; i++) {
            columns.add(rows.getMetaData().getColumnLabel(i));
        }
        List<List<@Nullable Object>> read = new ArrayList<>();
        while (rows.next()) {
            if (read.size() == limits.rows()) {
                return new Grid(columns, read, true);
            }
            @Nullable Object[] row = new @Nullable Object[width];
            for (int i = 0; i < width; i++) {
                row[i] = rows.getObject(i + 1);
            }
            read.add(Arrays.asList(row));
        }
        return new Grid(columns, read, false);
    }

    private <T> T run(String sql, Engine.RowReader<T> reader, Object... values) {
        AtomicBoolean late = new AtomicBoolean();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            Thread watch = watch(statement, late);
            try (ResultSet rows = statement.executeQuery()) {
                return reader.read(rows);
            } finally {
                watch.interrupt();
            }
        } catch (SQLException e) {
            throw late.get()
                    ? new EngineException("It took longer than " + seconds(limits.time()) + " and was stopped.")
                    : new EngineException(e);
        }
    }

    private static String seconds(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    /** Cancels the statement when its time is over; the engine only heeds that while it is at work, so it is said again. */
    private Thread watch(Statement statement, AtomicBoolean late) {
        return Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(limits.time());
                late.set(true);
                while (!statement.isClosed()) {
                    statement.cancel();
                    Thread.sleep(50);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (SQLException e) {
                // It ended while it was being stopped.
            }
        });
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new EngineException(e);
        }
    }

    /** An instance that is not locked yet. */
    public static final class Loading {

        private final DuckDBConnection connection;

        private Loading(DuckDBConnection connection) {
            this.connection = connection;
        }

        /**
         * Makes a table of rows.
         *
         * @param columns as in {@code create table}
         * @param rows hands its rows to the consumer it is given: texts, whole numbers, truth values or null, in the columns' order
         */
        public void table(String name, String columns, Consumer<Consumer<@Nullable Object[]>> rows) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("create table " + Sql.identifier(name) + " (" + columns + ")");
                try (var appender = connection.createAppender("main", name)) {
                    rows.accept(row -> append(appender, row));
                    appender.flush();
                }
            } catch (SQLException e) {
                throw new EngineException(e);
            }
        }

        private static void append(org.duckdb.DuckDBAppender appender, @Nullable Object[] row) {
            try {
                appender.beginRow();
                for (Object value : row) {
                    switch (value) {
                        case null -> appender.appendNull();
                        case Boolean truth -> appender.append(truth.booleanValue());
                        case Long number -> appender.append(number.longValue());
                        case java.math.BigDecimal number -> appender.append(number);
                        case java.time.LocalDateTime moment -> appender.append(moment);
                        default -> appender.append(value.toString());
                    }
                }
                appender.endRow();
            } catch (SQLException e) {
                throw new EngineException(e);
            }
        }
    }
}
