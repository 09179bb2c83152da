package io.opsiq.sources;

import io.opsiq.packaged.Packaged;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Turns a foreign export into tables of the contract: a folder of {@code <table>.sql}, each one SELECT over raw tables, and
 * optionally a {@code mapping.yaml} that says which files those raw tables are.
 *
 * @param name of one that comes with the program; else its folder, absolute, so that it means the same elsewhere
 * @param reads raw table name to where it comes from; a raw table that is not listed is the file of its own name
 * @param selects canonical table name to its SELECT
 */
public record Mapping(String name, Map<String, Read> reads, Map<String, String> selects) {

    /**
     * A function for mappings: text of an amount in minor units to text in major ones. Text that is no whole number of minor
     * units comes back marked, so that its row is set aside and shows it.
     */
    static final String FROM_MINOR_UNITS = """
            create macro main.from_minor_units(amount, currency) as case
                when amount is null then null
                when not regexp_full_match(amount, '[+-]?[0-9]{1,17}([.]0*)?') then 'minor units: ' || amount
                when upper(currency) in ('BIF', 'CLP', 'DJF', 'GNF', 'JPY', 'KMF', 'KRW', 'MGA', 'PYG', 'RWF', 'UGX', 'VND',
                                         'VUV', 'XAF', 'XOF', 'XPF')
                    then cast(cast(amount as decimal(18, 0)) as varchar)
                when upper(currency) in ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND')
                    then cast(cast(cast(amount as decimal(18, 0)) * 0.001 as decimal(21, 3)) as varchar)
                else cast(cast(cast(amount as decimal(18, 0)) * 0.01 as decimal(20, 2)) as varchar)
            end
            """;

    /**
     * A raw table.
     *
     * @param files names of files or folders without their ending; the first that exists is taken
     * @param columns the columns that the mapping uses; one that the file lacks reads as empty. Empty: all that the file has
     * @param optional whether a missing file reads as an empty table
     */
    public record Read(List<String> files, List<String> columns, boolean optional) {

        static Read ofItself(String name) {
            return new Read(List.of(name), List.of(), false);
        }
    }

    /** How reports name the mapping: the last part of its name. */
    String label() {
        return String.valueOf(Path.of(name).getFileName());
    }

    private record Description(
            @Nullable String name,
            @Nullable String title,
            @Nullable Map<String, ReadEntry> reads) {}

    private record ReadEntry(
            @Nullable List<String> files,
            @Nullable List<String> columns,
            @Nullable Boolean optional) {

        Read named(String name) {
            return new Read(
                    files == null ? List.of(name) : files,
                    columns == null ? List.of() : columns,
                    Boolean.TRUE.equals(optional));
        }
    }

    /** The mapping of this name that comes with the program, or the one in this folder. */
    public static Mapping named(String nameOrFolder) {
        boolean shipped = shippedNames().contains(nameOrFolder);
        Path folder = shipped ? Packaged.folder("mappings").resolve(nameOrFolder) : Path.of(nameOrFolder);
        if (!Files.isDirectory(folder)) {
            throw new MappingException("There is no mapping " + nameOrFolder + ": neither a folder nor one of "
                    + String.join(", ", shippedNames()) + ".");
        }
        Map<String, String> selects = selects(folder);
        if (selects.isEmpty()) {
            throw new MappingException("The mapping " + nameOrFolder + " has no <table>.sql, such as invoices.sql.");
        }
        String name =
                shipped ? nameOrFolder : folder.toAbsolutePath().normalize().toString();
        return new Mapping(name, reads(folder.resolve("mapping.yaml")), selects);
    }

    private static List<String> shippedNames() {
        return list(Packaged.folder("mappings")).stream()
                .map(path -> path.getFileName().toString().replace("/", ""))
                .sorted()
                .toList();
    }

    private static Map<String, String> selects(Path folder) {
        return list(folder).stream()
                .filter(path -> path.getFileName().toString().endsWith(".sql"))
                .collect(Collectors.toMap(
                        path -> path.getFileName().toString().replace(".sql", ""),
                        path -> withoutEnd(Packaged.text(path)),
                        (first, second) -> first,
                        TreeMap::new));
    }

    private static String withoutEnd(String select) {
        return select.strip().replaceFirst(";+$", "");
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + folder, e);
        }
    }

    private static Map<String, Read> reads(Path file) {
        if (!Files.exists(file)) {
            return Map.of();
        }
        try {
            Description description = new YAMLMapper().readValue(Packaged.text(file), Description.class);
            Map<String, Read> reads = new TreeMap<>();
            if (description.reads() != null) {
                description.reads().forEach((name, entry) -> reads.put(name, entry.named(name)));
            }
            return reads;
        } catch (JacksonException e) {
            throw new MappingException(file + " is not as expected: " + e.getOriginalMessage(), e);
        }
    }
}
