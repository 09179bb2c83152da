package io.opsiq.detectors;

import io.opsiq.books.AsOf;
import io.opsiq.books.Books;
import io.opsiq.books.BooksReader;
import io.opsiq.books.Money;
import io.opsiq.detectors.Fixture.Expected;
import io.opsiq.engine.Engine;
import io.opsiq.engine.EngineException;
import io.opsiq.engine.EngineSettings;
import io.opsiq.engine.Sql;
import io.opsiq.sources.SourceFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs detectors' own tests: tiny books, read and judged like real ones. */
public final class FixtureRuns {

    private static final String MEMORY = "256MB";

    private final Pack pack;
    private final Path folder;
    private final Clock clock;

    /** @param folder where books and engines of the tests may live for a moment */
    public FixtureRuns(Pack pack, Path folder, Clock clock) {
        this.pack = pack;
        this.folder = folder;
        this.clock = clock;
    }

    /**
     * How a test ended.
     *
     * @param problems empty when all went as expected
     */
    public record Result(String detector, Fixture fixture, List<String> problems) {

        public boolean passed() {
            return problems.isEmpty();
        }
    }

    /**
     * Runs every fixture of a detector, in the order of their files. Throws {@link PackException} when they do not show both
     * sides: at least one that fires and two that stay quiet.
     */
    public List<Result> run(Detector detector) {
        List<String> complaints = new ArrayList<>();
        List<Fixture> fixtures = Fixture.of(detector, complaints);
        long quiet = fixtures.stream().filter(Fixture::staysQuiet).count();
        if (fixtures.size() == quiet) {
            complaints.add(detector.id() + ": tests/ has no fixture that fires");
        }
        if (quiet < 2) {
            complaints.add(detector.id() + ": tests/ has fewer than two fixtures that stay quiet");
        }
        if (!complaints.isEmpty()) {
            throw new PackException(complaints);
        }
        return fixtures.stream()
                .map(fixture -> new Result(detector.id(), fixture, problems(detector, fixture)))
                .toList();
    }

    private List<String> problems(Detector detector, Fixture fixture) {
        Set<String> unknown = unknownDetectors(fixture);
        if (!unknown.isEmpty()) {
            return List.of("also_run names detectors that there are none of: " + String.join(", ", unknown));
        }
        try (Engine engine = Engine.open(new EngineSettings(folder, MEMORY, 1))) {
            Path data = writeTables(fixture, engine.scratchFile("-books"));
            Books books = new BooksReader(
                            engine,
                            SourceFolder.of(data),
                            fixture.asOf() == null ? null : AsOf.parse(fixture.asOf()),
                            clock,
                            table -> {})
                    .read();
            return judge(detector, fixture, books, data);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the books of " + fixture.file(), e);
        }
    }

    private Set<String> unknownDetectors(Fixture fixture) {
        Set<String> unknown = new TreeSet<>(fixture.alsoRun());
        pack.detectors().forEach(known -> unknown.remove(known.id()));
        return unknown;
    }

    private List<String> judge(Detector detector, Fixture fixture, Books books, Path data) {
        List<String> problems = new ArrayList<>();
        books.forEachBadRow(row -> problems.add("its table %s has a bad row: line %d, %s: %s"
                .formatted(row.table(), row.line(), row.column(), row.reason())));
        Set<String> ids = new HashSet<>(fixture.alsoRun());
        ids.add(detector.id());
        Detection detection = new Detection(books, pack.only(ids), Map.of(detector.id(), fixture.params()), name -> {});
        detection.run().stream()
                .filter(Detection.Outcome.Skipped.class::isInstance)
                .map(Detection.Outcome.Skipped.class::cast)
                .forEach(skipped -> problems.add(skipped.detector().id() + " was skipped: " + skipped.reason()));
        List<Finding> found = new ArrayList<>();
        detection.forEachFinding(finding -> {
            if (finding.detector().equals(detector)) {
                found.add(finding);
            }
        });
        if (found.stream().map(Finding::fingerprint).distinct().count() < found.size()) {
            problems.add("two findings have one fingerprint: only the first would be a case");
        }
        compare(fixture.expect(), found, problems);
        if (!found.isEmpty()) {
            prove(found, fixture, data, problems);
        }
        return problems;
    }

    private static void compare(List<Expected> expected, List<Finding> found, List<String> problems) {
        List<Finding> left = new ArrayList<>(found);
        for (Expected each : expected) {
            Finding match = left.stream()
                    .filter(finding -> fits(each, finding))
                    .findFirst()
                    .orElse(null);
            if (match == null) {
                problems.add("not found: " + each.entities() + " of " + Money.shown(each.amount(), each.currency()));
            } else {
                left.remove(match);
                // What a person will see must be writable from what the query gave.
                match.title();
                match.evidence();
            }
        }
        left.forEach(finding -> problems.add("found, but not expected: " + finding.entities() + " of "
                + Money.shown(finding.amount(), finding.currency())));
    }

    /** The proof must bring the money back from the files themselves, with only the columns that they have. */
    private void prove(List<Finding> found, Fixture fixture, Path data, List<String> problems) {
        try (Engine reader = Engine.open(new EngineSettings(folder, MEMORY, 1))) {
            for (String table : fixture.tables().keySet()) {
                reader.run("create view %s as select * from read_csv(%s)"
                        .formatted(
                                table, Sql.literal(data.resolve(table + ".csv").toString())));
            }
            for (Finding finding : found) {
                BigDecimal proved = reader.one(
                        "select round(sum(at_stake), 2) from (" + finding.evidenceSql() + "\n)",
                        row -> row.getBigDecimal(1));
                if (proved == null || proved.compareTo(finding.amount()) != 0) {
                    problems.add("evidence.sql brings back %s instead of %s for: %s"
                            .formatted(proved, finding.amount(), finding.title()));
                }
            }
        } catch (EngineException e) {
            problems.add("evidence.sql fails on the files: " + e.getMessage());
        }
    }

    private static boolean fits(Expected expected, Finding finding) {
        return finding.amount().compareTo(expected.amount()) == 0
                && finding.currency().equals(expected.currency())
                && (expected.money() == null || expected.money() == finding.moneyKind())
                && expected.entities().entrySet().stream()
                        .allMatch(entity -> text(entity.getValue())
                                .equals(text(finding.values().get(entity.getKey()))));
    }

    private static String text(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
                : String.valueOf(value);
    }

    private static Path writeTables(Fixture fixture, Path data) throws IOException {
        Files.createDirectories(data);
        for (Map.Entry<String, String> table : fixture.tables().entrySet()) {
            Files.writeString(data.resolve(table.getKey() + ".csv"), table.getValue());
        }
        return data;
    }
}
