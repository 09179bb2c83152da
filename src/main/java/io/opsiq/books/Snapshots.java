package io.opsiq.books;

import io.opsiq.engine.Engine;
import io.opsiq.engine.EngineSettings;
import io.opsiq.engine.Limits;
import io.opsiq.engine.Sql;
import io.opsiq.json.Json;
import io.opsiq.sources.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps books as they were read, so that questions need not read them again. A snapshot is made when there is none of the
 * source as its files and the clock now are; one that is out of date is removed once nobody uses it.
 */
public final class Snapshots {

    /** To be raised when what a snapshot holds changes. */
    private static final int FORMAT = 2;

    private static final String ENDING = ".duckdb";
    private static final Duration KEPT_UNUSED = Duration.ofDays(7);
    private static final Object BUILDING = new Object();

    private final Path folder;
    private final EngineSettings settings;
    private final Limits limits;
    private final Clock clock;

    /** @param folder made when needed; on the same file system as {@code settings.folder()} */
    public Snapshots(Path folder, EngineSettings settings, Clock clock) {
        this.folder = folder;
        this.settings = settings;
        this.limits = Limits.of(settings);
        this.clock = clock;
    }

    /**
     * The snapshot of the source as it is now; made first where need be. To be closed by the caller. Throws {@link
     * BooksException} when the source holds no books.
     *
     * @param asOf the clock when the books' own latest moment shall not be it
     */
    public Snapshot of(Source source, @Nullable Instant asOf) {
        String name = name(source, asOf);
        InUse.Hold hold = InUse.of(folder).hold(name);
        try {
            Path file = folder.resolve(name);
            synchronized (BUILDING) {
                if (!Files.exists(file)) {
                    build(file, source, asOf);
                    removeStale(name);
                }
            }
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
            return new Snapshot(file, limits, hold);
        } catch (IOException e) {
            hold.release();
            throw new UncheckedIOException("Cannot keep a snapshot in " + folder, e);
        } catch (RuntimeException e) {
            hold.release();
            throw e;
        }
    }

    /** Which facts lie in the future depends on the day, and so does what the books hold. */
    private String name(Source source, @Nullable Instant asOf) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        String stamp = String.join("\n", source.stamp(), String.valueOf(asOf), today.toString(), "format " + FORMAT);
        return digest(source.label()) + "-" + digest(stamp) + ENDING;
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 10);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Made in the engine's own folder, which is swept when its process was killed, and moved into place as a whole. */
    private void build(Path file, Source source, @Nullable Instant asOf) throws IOException {
        Engine.sweep(settings.folder());
        try (Engine engine = Engine.open(settings)) {
            Path made = engine.scratchFile(ENDING);
            engine.run("attach " + Sql.literal(made.toAbsolutePath().toString()) + " as snapshot");
            Books books = new BooksReader(engine, source, asOf, clock, table -> {}).read();
            keep(engine, books);
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static void keep(Engine engine, Books books) {
        Stream.concat(Contract.TABLES.stream().map(Table::name), Stream.of("clock", "daily_rates"))
                .forEach(table -> engine.run("create table snapshot.main.%1$s as from main.%1$s".formatted(table)));
        Statements.of("snapshot.sql").forEach(engine::run);
        engine.run("create table snapshot.about.facts (document varchar)");
        engine.run("insert into snapshot.about.facts values (?)", Json.text(BooksFacts.of(books)));
        engine.run("detach snapshot");
    }

    /** Older snapshots of the same source, and any that nobody asked for in a while. */
    private void removeStale(String current) throws IOException {
        String sameSource = current.substring(0, current.indexOf('-'));
        Instant forgotten = clock.instant().minus(KEPT_UNUSED);
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> others = files.filter(file -> file.toString().endsWith(ENDING))
                    .filter(file -> !String.valueOf(file.getFileName()).equals(current))
                    .toList();
            for (Path file : others) {
                String name = String.valueOf(file.getFileName());
                if (name.startsWith(sameSource) || isOlder(file, forgotten)) {
                    InUse.of(folder).ifUnused(name, () -> delete(file));
                }
            }
        }
    }

    private static boolean isOlder(Path file, Instant moment) {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(moment);
        } catch (IOException e) {
            return false; // another process removed it
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove " + file, e);
        }
    }
}
