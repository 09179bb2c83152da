package io.opsiq.sources;

import io.opsiq.engine.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder of exported tables. A table is a CSV file (also gzipped), a Parquet file or a folder of them; its name is the
 * file's or folder's name without the ending, in lower case. Files that are neither are not looked at.
 */
public final class SourceFolder implements Source {

    private static final Pattern READABLE = Pattern.compile("(.+?)\\.(csv|csv\\.gz|parquet)", Pattern.CASE_INSENSITIVE);

    private final Path folder;
    private final Map<String, List<Path>> tables;

    private SourceFolder(Path folder, Map<String, List<Path>> tables) {
        this.folder = folder;
        this.tables = tables;
    }

    /** Looks through the folder; nothing is read yet. Throws {@link SourceException} when it is no folder. */
    public static SourceFolder of(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new SourceException(folder + (Files.exists(folder) ? " is a file, not a folder" : " does not exist")
                    + ". Maybe give the folder that holds invoices.csv, payments.csv and so on.");
        }
        Map<String, List<Path>> tables = new TreeMap<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.sorted().toList()) {
                List<Path> files = readableFiles(entry);
                if (!files.isEmpty()) {
                    tables.computeIfAbsent(tableName(entry), name -> new ArrayList<>())
                            .addAll(files);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + folder, e);
        }
        return new SourceFolder(folder, tables);
    }

    private static List<Path> readableFiles(Path entry) throws IOException {
        if (entry.getFileName().toString().startsWith(".")) {
            return List.of();
        }
        if (!Files.isDirectory(entry)) {
            return isReadable(entry) ? List.of(entry) : List.of();
        }
        try (Stream<Path> files = Files.walk(entry, FileVisitOption.FOLLOW_LINKS)) {
            return files.filter(Files::isRegularFile)
                    .filter(SourceFolder::isReadable)
                    .sorted()
                    .toList();
        }
    }

    private static boolean isReadable(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith(".") && READABLE.matcher(name).matches();
    }

    private static String tableName(Path entry) {
        String name = entry.getFileName().toString().toLowerCase(Locale.ROOT);
        var matcher = READABLE.matcher(name);
        return matcher.matches() ? matcher.group(1) : name;
    }

    @Override
    public String label() {
        return folder.toString();
    }

    @Override
    public String stamp() {
        return folder.toAbsolutePath().normalize() + "\n"
                + tables.entrySet().stream()
                        .flatMap(table -> table.getValue().stream().map(file -> table.getKey() + " " + stamp(file)))
                        .collect(Collectors.joining("\n"));
    }

    private static String stamp(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return "%s %d %s"
                    .formatted(
                            file,
                            attributes.size(),
                            attributes.lastModifiedTime().toInstant());
        } catch (IOException e) {
            return file + " cannot be looked at: " + e.getMessage();
        }
    }

    @Override
    public long bytes() {
        return tables.values().stream()
                .flatMap(List::stream)
                .mapToLong(SourceFolder::unpacked)
                .sum();
    }

    /** Generated books take about as much as their CSV files, four times their Parquet files. */
    private static long unpacked(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        long size = file.toFile().length();
        return size * (name.endsWith(".csv") ? 1 : name.endsWith(".parquet") ? 4 : 6);
    }

    @Override
    public List<String> names() {
        return List.copyOf(tables.keySet());
    }

    @Override
    public List<Feed> feeds(String table, Engine engine) {
        List<Feed> feeds = new ArrayList<>();
        for (Path file : tables.getOrDefault(table, List.of())) {
            feeds.add(feed(file, engine));
        }
        return feeds;
    }

    private Feed feed(Path file, Engine engine) {
        String label = folder.relativize(file).toString();
        boolean parquet = label.toLowerCase(Locale.ROOT).endsWith(".parquet");
        try {
            return parquet ? new ParquetFeed(file, label, engine) : new CsvFeed(file, label);
        } catch (SourceException e) {
            return new BrokenFeed(label, e);
        }
    }

    /** The first table whose name fits one of the patterns ({@code *} stands for any text), in the patterns' order. */
    Optional<String> firstMatching(List<String> patterns) {
        return patterns.stream()
                .map(SourceFolder::wildcard)
                .flatMap(pattern -> tables.keySet().stream()
                        .filter(name -> pattern.matcher(name).matches()))
                .findFirst();
    }

    private static Pattern wildcard(String pattern) {
        String regex = Stream.of(pattern.toLowerCase(Locale.ROOT).split("\\*", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*"));
        return Pattern.compile(regex);
    }
}
