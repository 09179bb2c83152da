package io.opsiq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsiq.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.type.TypeReference;

class SeedAndScoreTest {

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    @TempDir
    Path folder;

    private String out = "";
    private String err = "";

    @Test
    void books_are_made_investigated_and_scored() {
        String books = folder.resolve("books").toString();

        assertThat(opsiq("seed", books, "--customers", "300", "--months", "12", "--seed", "3", "--format", "parquet"))
                .isZero();
        assertThat(out).contains("underbilling", "opsiq run --data " + books, "opsiq score --truth " + books);
        assertThat(err).isEmpty();
        assertThat(folder.resolve("books/.truth/facts.csv")).exists();

        assertThat(opsiq("run", "--data", books)).isZero();
        assertThat(out).doesNotContain("Set aside");
        assertThat(opsiq("score", "--truth", books)).isZero();
        assertThat(out).contains("PRECISION", "overall", "Money counted twice: 0.00");
        String scored = out;
        assertThat(opsiq("score", "--truth", books + "/.truth")).isZero();
        assertThat(out).isEqualTo(scored);

        assertThat(opsiq("score", "--truth", books, "--json")).isZero();
        assertThat(share("precision")).isGreaterThan(new BigDecimal("0.95"));
        assertThat(share("recall")).isGreaterThan(new BigDecimal("0.95"));
    }

    @Test
    void the_truth_is_never_read_as_books() {
        String books = folder.resolve("books").toString();
        opsiq("seed", books, "--customers", "20", "--months", "2");

        assertThat(opsiq("check", "--data", books)).isZero();
        assertThat(out).contains("invoices").doesNotContain("facts").doesNotContain("look_alikes");
        assertThat(opsiq("run", "--data", books + "/.truth")).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "--customers, 0, from 1 to",
        "--customers, many, is not",
        "--months, 1000, from 1 to 120",
        "--format, xml, xml",
        "--until, yesterday, yesterday",
        "--until, 1812-06-24, since 2000"
    })
    void options_that_cannot_be_are_refused_before_anything_is_written(String option, String value, String message) {
        Path books = folder.resolve("books");

        assertThat(opsiq("seed", books.toString(), option, value)).isEqualTo(2);
        assertThat(err).contains(message);
        assertThat(books).doesNotExist();
    }

    @Test
    void a_folder_with_other_files_is_refused() throws IOException {
        Path mine = folder.resolve("books/plan.xlsx");
        Files.createDirectories(mine.getParent());
        Files.writeString(mine, "mine");

        assertThat(opsiq("seed", folder.resolve("books").toString(), "--customers", "5", "--months", "1"))
                .isEqualTo(1);
        assertThat(err).contains("plan.xlsx", "Maybe name a new or empty folder");
        assertThat(mine).hasContent("mine");
    }

    @Test
    void a_score_needs_a_run_and_the_truth() {
        assertThat(opsiq("score", "--truth", folder.toString())).isEqualTo(1);
        assertThat(err).contains("There is no run to score");
        opsiq("seed", folder.resolve("demo").toString());
        opsiq("run", "--data", folder.resolve("demo").toString());

        assertThat(opsiq("score", "--truth", folder.resolve("demo").toString())).isEqualTo(1);
        assertThat(err).contains("There is no truth in").contains("Maybe");
        assertThat(opsiq("score")).isEqualTo(2);
    }

    @SuppressWarnings("unchecked") // JSON objects are just that
    private BigDecimal share(String field) {
        Map<String, Object> overall = (Map<String, Object>)
                java.util.Objects.requireNonNull(Json.read(out, OBJECT).get("overall"));
        return new BigDecimal(String.valueOf(overall.get(field)));
    }

    private int opsiq(String... arguments) {
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(outBytes, true, StandardCharsets.UTF_8),
                new PrintStream(errBytes, true, StandardCharsets.UTF_8),
                false);
        List<String> line = new ArrayList<>(List.of(arguments));
        line.addAll(List.of("--state", folder.resolve("state").toString()));
        int code = Main.commandLine(console).execute(line.toArray(String[]::new));
        out = outBytes.toString(StandardCharsets.UTF_8);
        err = errBytes.toString(StandardCharsets.UTF_8);
        return code;
    }
}
