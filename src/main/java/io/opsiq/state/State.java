package io.opsiq.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.impl.DefaultExecuteListenerProvider;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/**
 * The state of one OpsIQ: a folder with a SQLite database. What a transaction stored survives the process being killed;
 * several processes may use one state: a writer waits up to {@value #BUSY_MILLIS} ms for another's.
 */
public final class State {

    private static final String DATABASE = "opsiq.db";
    private static final int BUSY_MILLIS = 30_000;
    private static final int CACHE_KIB = 65_536;
    /** Of a new database, and of temporary tables: a case has two thousand bytes, of which the usual page would hold one. */
    private static final int PAGE_BYTES = 8_192;
    /** The highest number of a migration. */
    static final int VERSION = 9;

    private final Path folder;
    private final SQLiteDataSource readers;
    private final SQLiteDataSource writers;

    private State(Path folder, SQLiteDataSource readers, SQLiteDataSource writers) {
        this.folder = folder;
        this.readers = readers;
        this.writers = writers;
    }

    /** Opens the state in this folder; makes it, or brings its database to this version, where needed. */
    public static State open(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot make the state folder " + folder + ". Maybe choose another with --state.", e);
        }
        if (Files.notExists(folder.resolve(DATABASE))) {
            lay(folder);
        }
        // A writer takes the write lock when it begins: two of them wait for each other and cannot deadlock.
        SQLiteDataSource writers = connections(folder, TransactionMode.IMMEDIATE);
        migrate(writers, folder);
        return new State(folder, connections(folder, TransactionMode.DEFERRED), writers);
    }

    /** Makes the empty database: the size of its pages is fixed once it has its journal. */
    private static void lay(Path folder) {
        SQLiteConfig config = new SQLiteConfig();
        config.setPageSize(PAGE_BYTES);
        config.setBusyTimeout(BUSY_MILLIS);
        try (Connection connection = connections(folder, config).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("pragma journal_mode = wal");
        } catch (SQLException e) {
            throw cannotBeOpened(folder, e);
        }
    }

    private static SQLiteDataSource connections(Path folder, TransactionMode mode) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        config.setTransactionMode(mode);
        config.setCacheSize(-CACHE_KIB);
        config.setPageSize(PAGE_BYTES);
        return connections(folder, config);
    }

    private static SQLiteDataSource connections(Path folder, SQLiteConfig config) {
        SQLiteDataSource connections = new SQLiteDataSource(config);
        connections.setUrl("jdbc:sqlite:" + folder.resolve(DATABASE));
        return connections;
    }

    /**
     * Flyway looks through the class path and the whole history at every start; SQLite's own version number says in a moment
     * that there is nothing to do.
     */
    private static void migrate(SQLiteDataSource database, Path folder) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            int version = statement.executeQuery("pragma user_version").getInt(1);
            if (version > VERSION) {
                throw new StateException("The state in " + folder + " was made by a newer OpsIQ (version " + version
                        + " of its tables, this one knows " + VERSION + "). Maybe use that one, or another --state.");
            }
            if (version < VERSION) {
                migrateTables(database, folder);
                statement.execute("pragma user_version = " + VERSION);
            }
        } catch (SQLException e) {
            throw cannotBeOpened(folder, e);
        }
    }

    private static void migrateTables(SQLiteDataSource database, Path folder) {
        try {
            Flyway.configure(State.class.getClassLoader())
                    .dataSource(database)
                    .locations("classpath:db/migration/sqlite")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw cannotBeOpened(folder, e);
        }
    }

    private static StateException cannotBeOpened(Path folder, Exception cause) {
        return new StateException("The state in " + folder + " cannot be opened: " + cause.getMessage(), cause);
    }

    /** The folder itself. */
    public Path folder() {
        return folder;
    }

    /** Answers from one consistent view of the state. */
    public <T> T read(Function<DSLContext, T> query) {
        return inTransaction(readers, query);
    }

    /** Does all of it or, when it throws, nothing. */
    public <T> T transaction(Function<DSLContext, T> work) {
        return inTransaction(writers, work);
    }

    /**
     * As {@link #transaction}, with work before it that fills temporary tables for it. Others may write until the transaction begins, so
     * what is prepared must not rest on the state.
     */
    public <P, T> T transaction(Function<DSLContext, P> preparation, BiFunction<DSLContext, P, T> work) {
        return connected(writers, connection -> {
            DSLContext context = DSL.using(configuration(connection));
            P prepared = unlocked(connection, () -> preparation.apply(context));
            return inTransaction(connection, inside -> work.apply(inside, prepared));
        });
    }

    /** A transaction that begins without the write lock; one over temporary tables alone never asks for it. */
    private static <P> P unlocked(Connection connection, Supplier<P> preparation) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("begin deferred");
            P prepared = preparation.get();
            statement.execute("commit");
            return prepared;
        }
    }

    /** As {@link #transaction}, for work without an answer. */
    public void change(Consumer<DSLContext> work) {
        transaction(context -> {
            work.accept(context);
            return true;
        });
    }

    /** Empties every table but the record of migrations. */
    public void forgetAll() {
        change(context -> {
            context.execute("pragma defer_foreign_keys = on");
            context.fetch("select name from sqlite_master where type = 'table'").getValues(0, String.class).stream()
                    .filter(table -> !table.startsWith("sqlite_") && !table.equals("flyway_schema_history"))
                    .forEach(table -> context.execute("delete from \"" + table + "\""));
        });
    }

    private static Configuration configuration(Connection connection) {
        return new DefaultConfiguration()
                .set(connection)
                .set(SQLDialect.SQLITE)
                .set(new DefaultExecuteListenerProvider(new WideIntegers()));
    }

    private <T> T inTransaction(SQLiteDataSource connections, Function<DSLContext, T> work) {
        return connected(connections, connection -> inTransaction(connection, work));
    }

    private static <T> T inTransaction(Connection connection, Function<DSLContext, T> work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            T result = work.apply(DSL.using(configuration(connection)));
            connection.commit();
            return result;
        } catch (RuntimeException e) {
            connection.rollback();
            throw e;
        }
    }

    private <T> T connected(SQLiteDataSource connections, Work<T> work) {
        try (Connection connection = connections.getConnection()) {
            return work.on(connection);
        } catch (SQLException | DataAccessException e) {
            throw new StateException("The state in " + folder + " failed: " + e.getMessage(), e);
        }
    }

    private interface Work<T> {

        T on(Connection connection) throws SQLException;
    }
}
