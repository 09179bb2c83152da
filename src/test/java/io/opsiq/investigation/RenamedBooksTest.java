package io.opsiq.investigation;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsiq.cases.Case;
import io.opsiq.cases.CaseQuery;
import io.opsiq.cases.Cases;
import io.opsiq.engine.Engine;
import io.opsiq.engine.EngineSettings;
import io.opsiq.engine.Sql;
import io.opsiq.generator.BooksOrder;
import io.opsiq.generator.GeneratedBooks;
import io.opsiq.sentiment.Sentiment;
import io.opsiq.state.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ids and the order of rows tell nothing: under other names, in another order, the same books have the same findings. */
class RenamedBooksTest {

    private static final Clock WALL = Clock.fixed(Instant.parse("2026-10-01T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    @Test
    void other_ids_and_another_order_change_no_finding() throws IOException {
        Path books = folder.resolve("books");
        try (Engine engine = engine()) {
            new GeneratedBooks(engine, task -> {})
                    .write(books, new BooksOrder(300, 14, 11, BooksOrder.Format.CSV, BooksOrder.UNTIL, true));
        }
        Path renamed = renamed(books);

        List<String> findings = findings(books, RenamedBooksTest::otherName);

        assertThat(findings).hasSizeGreaterThan(150).isEqualTo(findings(renamed, id -> id));
    }

    private Path renamed(Path books) throws IOException {
        Path renamed = Files.createDirectories(folder.resolve("renamed"));
        try (Engine engine = engine();
                Stream<Path> files = Files.list(books)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".csv")).toList()) {
                engine.run("create or replace table rows as from read_csv(" + Sql.literal(file.toString())
                        + ", all_varchar = true)");
                String columns = String.join(
                        ", ",
                        engine.list(
                                "select case when column_name like '%\\_id' escape '\\' then 'md5(' || column_name || ') as ' || column_name"
                                        + " else '\"' || column_name || '\"' end from duckdb_columns() where table_name = 'rows' order by column_index",
                                row -> row.getString(1)));
                engine.run("copy (select " + columns + " from rows order by md5(rows::varchar)) to "
                        + Sql.literal(renamed.resolve(file.getFileName()).toString()) + " (header)");
            }
        }
        return renamed;
    }

    /** Type, money and what is named, with ids renamed; in the order of the text. */
    private List<String> findings(Path books, UnaryOperator<String> name) throws IOException {
        Path home = Files.createTempDirectory(folder, "state");
        State state = State.open(home);
        Cases cases = new Cases(state, WALL, new Sentiment());
        new Investigations(
                        state,
                        RunPartsForTests.of(state, cases, WALL),
                        new EngineSettings(home.resolve("work"), "600MB", 2),
                        WALL)
                .run(RunRequest.of(books, null, null), what -> {});
        List<String> findings = new ArrayList<>();
        cases.forEach(CaseQuery.all(), each -> findings.add(told(each, name)));
        return findings.stream().sorted().toList();
    }

    private static String told(Case each, UnaryOperator<String> name) {
        TreeMap<String, String> named = new TreeMap<>();
        each.affectedEntities().forEach((field, value) -> {
            if (field.endsWith("_id")) {
                named.put(field, name.apply(String.valueOf(value)));
            } else if (value instanceof Collection<?> values && field.endsWith("_ids")) {
                named.put(
                        field,
                        values.stream()
                                .map(String::valueOf)
                                .map(name)
                                .sorted()
                                .toList()
                                .toString());
            } else {
                named.put(field, String.valueOf(value));
            }
        });
        return each.anomalyType() + " " + named + " " + each.grossImpact() + " " + each.currency();
    }

    private static String otherName(String id) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(id.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private Engine engine() {
        return Engine.open(new EngineSettings(folder.resolve("work"), "600MB", 2));
    }
}
