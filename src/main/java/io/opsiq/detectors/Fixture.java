package io.opsiq.detectors;

import io.opsiq.packaged.Packaged;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * A test beside a detector: tiny books and what is to be found in them.
 *
 * @param file its file's name
 * @param name what it shows, as a sentence
 * @param asOf the clock, or null for the books' own
 * @param params limits to set for this test
 * @param alsoRun other detectors to run, so that money is counted once among them
 * @param tables table to CSV text
 */
public record Fixture(
        String file,
        String name,
        @Nullable String asOf,
        Map<String, BigDecimal> params,
        List<String> alsoRun,
        Map<String, String> tables,
        List<Expected> expect) {

    /**
     * A finding that there must be.
     *
     * @param entities query columns and their values: a text or a list of texts
     * @param money whose money it is; null: not looked at
     */
    public record Expected(
            Map<String, Object> entities, BigDecimal amount, String currency, Detector.@Nullable MoneyKind money) {}

    private record Yaml(
            @Nullable String name,
            @Nullable String asOf,
            @Nullable Map<String, BigDecimal> params,
            @Nullable List<String> alsoRun,
            @Nullable Map<String, String> tables,
            @Nullable List<Expected> expect) {}

    /** Whether nothing is to be found. */
    boolean staysQuiet() {
        return expect.isEmpty();
    }

    /** The detector's fixtures, in the order of their files; each that cannot be read is a complaint. */
    static List<Fixture> of(Detector detector, List<String> complaints) {
        Path tests = detector.folder().resolve("tests");
        if (!Files.isDirectory(tests)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(tests)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .flatMap(file -> read(detector, file, complaints))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + tests, e);
        }
    }

    private static Stream<Fixture> read(Detector detector, Path file, List<String> complaints) {
        String where = detector.id() + "/tests/" + file.getFileName();
        try {
            Yaml yaml = YamlFiles.MAPPER.readValue(Packaged.text(file), Yaml.class);
            if (yaml.name() == null || yaml.tables() == null || yaml.expect() == null) {
                complaints.add(where + ": name, tables and expect must be there");
                return Stream.empty();
            }
            return Stream.of(new Fixture(
                    file.getFileName().toString(),
                    yaml.name(),
                    yaml.asOf(),
                    yaml.params() == null ? Map.of() : yaml.params(),
                    yaml.alsoRun() == null ? List.of() : yaml.alsoRun(),
                    yaml.tables(),
                    yaml.expect()));
        } catch (JacksonException e) {
            complaints.add(where + " cannot be read: " + YamlFiles.problem(e));
            return Stream.empty();
        }
    }
}
