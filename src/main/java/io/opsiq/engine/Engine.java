package io.opsiq.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.duckdb.DuckDBPreparedStatement;
import org.jspecify.annotations.Nullable;

/**
 * One embedded DuckDB for one piece of work: opened empty, filled, asked, thrown away.
 *
 * <p>Its tables live in memory up to the limit and beyond that in spill files, or from {@link #keepOnDisk()} on in a file. One thread uses it at a time, except for {@link
 * #cancel()}, which any thread may call.
 */
public final class Engine implements Queries, AutoCloseable {

    private static final String MARK = "in-use";
    private static final Duration OPENING = Duration.ofMinutes(1);

    /** Up to so many times the memory spilling costs less than compressing; see bench/RESULTS.md. */
    private static final int FAR_LARGER = 3;

    private final Path folder;
    private final FileChannel inUse;
    private final Connection connection;
    private final long memory;
    private final FutureTask<Void> closing = new FutureTask<>(this::giveBack, null);
    private volatile @Nullable Statement running;
    private volatile boolean cancelled;
    private int scratchFiles;
    private boolean sealed;

    private Engine(Path folder, FileChannel inUse, Connection connection, long memory) {
        this.folder = folder;
        this.inUse = inUse;
        this.connection = connection;
        this.memory = memory;
    }

    /** Opens a new, empty engine in a new folder below {@code settings.folder()}. */
    public static Engine open(EngineSettings settings) {
        try {
            Files.createDirectories(settings.folder());
            Path folder = Files.createTempDirectory(settings.folder(), "engine-");
            return new Engine(folder, markInUse(folder), connect(folder, settings), settings.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot make a working folder below " + settings.folder() + ". Maybe choose another with --state.",
                    e);
        } catch (SQLException e) {
            throw new EngineException(e);
        }
    }

    /** The operating system takes the mark away with the process, however that ends. */
    private static FileChannel markInUse(Path folder) throws IOException {
        FileChannel mark = FileChannel.open(folder.resolve(MARK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        mark.lock();
        return mark;
    }

    /** A folder without a mark is one that is being opened, or closed, at this moment; after a minute it is neither. */
    private static boolean isInUse(Path folder) {
        try (FileChannel mark = FileChannel.open(folder.resolve(MARK), StandardOpenOption.WRITE);
                FileLock lock = mark.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (NoSuchFileException e) {
            long age = System.currentTimeMillis() - folder.toFile().lastModified();
            return age < OPENING.toMillis();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot look into " + folder, e);
        }
    }

    private static Connection connect(Path folder, EngineSettings settings) throws SQLException {
        Properties options = new Properties();
        options.setProperty("memory_limit", settings.memory());
        options.setProperty("threads", Integer.toString(settings.threads()));
        options.setProperty("temp_directory", folder.resolve("spill").toString());
        options.setProperty("jdbc_stream_results", "true"); // a result larger than memory is fetched as it is read
        options.setProperty("autoinstall_known_extensions", "false");
        options.setProperty("autoload_known_extensions", "false");
        options.setProperty("allow_community_extensions", "false");
        Connection connection = DriverManager.getConnection("jdbc:duckdb:", options);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set TimeZone = 'UTC'");
            statement.execute(
                    "set enable_progress_bar = " + settings.measured()); // for percent(); drawn by whoever asks
            statement.execute("set enable_progress_bar_print = false");
        }
        return connection;
    }

    /**
     * Tables that are made from here on live in a file, compressed, and are read and written part by part. Slower for what about fits into
     * memory; faster, and sparing where rows are changed, for what is far larger.
     */
    public void keepOnDisk() {
        run("attach " + Sql.literal(scratchFile(".duckdb").toString()) + " as kept");
        run("use kept");
    }

    /** As {@link #keepOnDisk()}, if tables of so many bytes are far larger than the memory. */
    public void makeRoomFor(long bytes) {
        if (bytes / FAR_LARGER > memory) {
            keepOnDisk();
        }
    }

    /** From here on no statement can reach a file, the network, an extension or a setting. */
    public void seal() {
        if (!sealed) {
            run("set enable_external_access = false");
            run("set lock_configuration = true");
            sealed = true;
        }
    }

    /** Runs one statement and returns the number of rows it changed, 0 for statements that change none. */
    public long run(String sql, Object... values) {
        try (PreparedStatement statement = prepare(sql, values)) {
            return statement.execute() ? 0 : Math.max(0, statement.getUpdateCount());
        } catch (SQLException e) {
            throw new EngineException(e);
        } finally {
            running = null;
        }
    }

    /** All rows of a query that is known to be small. */
    @Override
    public <T> List<T> list(String sql, RowReader<T> reader, Object... values) {
        List<T> rows = new ArrayList<>();
        forEach(sql, row -> rows.add(reader.read(row)), values);
        return rows;
    }

    /** The one row of a query that always has one. */
    public <T> T one(String sql, RowReader<T> reader, Object... values) {
        return list(sql, reader, values).getFirst();
    }

    /** Streams the rows of a query; memory does not grow with their number. The consumer must not use the engine meanwhile. */
    public void forEach(String sql, RowConsumer consumer, Object... values) {
        try (PreparedStatement statement = prepare(sql, values)) {
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    consumer.accept(rows);
                }
            }
        } catch (SQLException e) {
            throw new EngineException(e);
        } finally {
            running = null;
        }
    }

    /** Runs the work in one transaction; an exception rolls it back. */
    public void transaction(Runnable work) {
        run("begin transaction");
        try {
            work.run();
            run("commit");
        } catch (RuntimeException e) {
            run("rollback");
            throw e;
        }
    }

    /** A new name for a file or folder that goes away with the engine. */
    public Path scratchFile(String ending) {
        return folder.resolve("scratch-" + scratchFiles++ + ending);
    }

    /** How far the running statement is, 0 to 100; empty when none runs, it cannot tell or is not {@link EngineSettings#measured()}. Any
     * thread may ask. */
    public OptionalInt percent() {
        Statement statement = running;
        try {
            if (statement != null) {
                int percent = (int) statement
                        .unwrap(DuckDBPreparedStatement.class)
                        .getQueryProgress()
                        .getPercentage();
                return percent >= 0 ? OptionalInt.of(percent) : OptionalInt.empty();
            }
        } catch (SQLException e) {
            // It ended while it was asked: there is nothing to tell.
        }
        return OptionalInt.empty();
    }

    /** Stops the running statement and refuses every later one. */
    public void cancel() {
        cancelled = true;
        Statement statement = running;
        if (statement != null) {
            try {
                statement.cancel();
            } catch (SQLException e) {
                throw new EngineException(e);
            }
        }
    }

    /** Whether {@link #cancel()} was called. */
    public boolean isCancelled() {
        return cancelled;
    }

    private PreparedStatement prepare(String sql, Object... values) throws SQLException {
        if (cancelled) {
            throw new SQLException("Cancelled.");
        }
        PreparedStatement statement = connection.prepareStatement(sql);
        running = statement;
        if (cancelled) { // between the question above and the line before
            throw new SQLException("Cancelled.");
        }
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    /** Closes the engine on another thread: to give back gigabytes takes a while. {@link #close()} then waits for it. */
    public void closeMeanwhile() {
        Thread.ofPlatform().name("close engine").daemon().start(closing);
    }

    /** Closes the engine and removes its files; the second time does nothing. */
    @Override
    public void close() {
        closing.run();
        try {
            closing.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException thrown ? thrown : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the engine was closing.", e);
        }
    }

    private void giveBack() {
        // The mark goes last: until the files are gone nobody else may think them left behind.
        try (inUse) {
            try {
                connection.close();
            } finally {
                deleteTree(folder);
            }
        } catch (SQLException e) {
            throw new EngineException(e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close " + folder, e);
        }
    }

    /** Removes what engines that were killed left below {@code folder}; those at work, also of other processes, stay. */
    public static void sweep(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var left = Files.newDirectoryStream(folder, "engine-*")) {
            for (Path each : left) {
                if (!isInUse(each)) {
                    deleteTree(each);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot clean up " + folder, e);
        }
    }

    private static void deleteTree(Path root) {
        try (var paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove " + root, e);
        }
    }

    /** Reads a value from the current row. */
    @FunctionalInterface
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Takes the current row. */
    @FunctionalInterface
    public interface RowConsumer {
        void accept(ResultSet row) throws SQLException;
    }
}
