package io.opsiq.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.opsiq.cases.Case;
import io.opsiq.cases.CaseQuery;
import io.opsiq.problems.SystemicProblem;
import io.opsiq.seed.DemoBooks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(InABrowser.class)
class HostileBooksTest {

    private static final List<String> NAMES = List.of(
            "<script>window.hurt = 1</script>",
            "\"\"><img src=x onerror=window.hurt=1>",
            "' autofocus onfocus='window.hurt=1",
            "\u202e\u2066gnp.eciovni \u05e9\u05dc\u05d5\u05dd",
            "=cmd|'/c calc'!A1",
            "${7*7} [[${7*7}]] __${7*7}__ #{x} @{/x} ~{layout}",
            "long ".repeat(8) + "x".repeat(4_000));

    @TempDir
    Path folder;

    @Test
    void what_books_say_is_shown_and_does_nothing() throws IOException {
        Path books = hostile();
        try (ServedPages served = new ServedPages(folder, null, books)) {
            served.investigate();
            for (int width : List.of(1280, 360)) {
                Page page = InABrowser.page(width, ColorScheme.LIGHT);
                page.onDialog(dialog -> page.evaluate("window.hurt = 1"));
                for (String path : paths(served)) {
                    page.navigate(served.at(path));
                    assertThat(page.evaluate("window.hurt === undefined"))
                            .as(path)
                            .isEqualTo(true);
                    assertThat(page.locator("main img, main script").count())
                            .as(path)
                            .isZero();
                    assertThat(page.evaluate("""
                            [...document.querySelectorAll('main :is(h1, h2, p, li, dd)')]
                                .filter(each => each.getBoundingClientRect().right > innerWidth)
                                .map(each => each.outerHTML.slice(0, 200)).join('\\n')
                            """))
                            .as("what is wider than the page " + path)
                            .isEqualTo("");
                    assertThat(page.evaluate("document.documentElement.scrollWidth"))
                            .as(path)
                            .isEqualTo(width);
                }
                page.context().close();
            }
            assertThat(served.get("/cases").body()).contains("&lt;script&gt;").doesNotContain("<script>window");
            assertThat(served.get("/").body())
                    .contains("&lt;img src=x onerror=")
                    .doesNotContain("<img src=x");
            assertThat(allTitles(served)).contains("7*7");
        }
    }

    private static String allTitles(ServedPages served) {
        StringBuilder all = new StringBuilder();
        paths(served).forEach(path -> all.append(served.get(path).body()));
        return all.toString();
    }

    private static List<String> paths(ServedPages served) {
        List<String> paths = new ArrayList<>(List.of(
                "/",
                "/cases",
                "/cases/problems",
                "/qa",
                "/qa/traces",
                "/cases?q=%3Cscript%3E&type=%22%3E%3Cscript%3E&status=nonsense"));
        served.opsiq.cases().list(CaseQuery.all()).cases().stream()
                .map(Case::caseId)
                .forEach(caseId -> paths.add("/cases/" + caseId));
        List<SystemicProblem> problems = served.opsiq.problems().page(0, 10);
        assertThat(problems).anyMatch(problem -> problem.title().contains("x".repeat(300)));
        problems.forEach(problem -> paths.add("/cases/problems/" + problem.problemId()));
        return paths;
    }

    /**
     * The demo's books with names and reasons that attack a page, one more manual credit for each customer, and as many by one issuer as
     * make a problem.
     */
    private Path hostile() throws IOException {
        Path books = folder.resolve("books");
        new DemoBooks(Clock.systemUTC()).write(books);
        rewriteCustomers(books.resolve("customers.csv"));
        Path refunds = books.resolve("refunds.csv");
        List<String> lines = new ArrayList<>(Files.readAllLines(refunds));
        lines.replaceAll(line -> line + ",");
        lines.set(0, lines.getFirst() + "issued_by");
        String date = lines.get(1).split(",", -1)[2];
        LocalDate day = LocalDate.parse(date.substring(0, 10));
        for (int i = 0; i < 100; i++) {
            lines.add("REFY%1$d,C001,%2$s,2%1$02d.0,outage,stripe,,clerk-%3$d"
                    .formatted(i, day.minusDays(i % 25), i % 10));
        }
        for (int i = 0; i < 20; i++) {
            lines.add("REFZ%1$d,C00%4$d,%2$s,7%1$02d.0,manual_credit,manual,,%3$s"
                    .formatted(
                            i,
                            day.minusDays(i),
                            quoted(NAMES.get(1).replace("\"\"", "\"") + "x".repeat(300)),
                            1 + i % 7));
        }
        for (int i = 1; i <= NAMES.size(); i++) {
            lines.add("REFX%d,C00%1$d,%s,900.0,%s,manual,,".formatted(i, date, quoted(NAMES.get(i - 1))));
        }
        Files.write(refunds, lines);
        Path signals = books.resolve("signal_events.csv");
        Files.writeString(
                signals,
                Files.readString(signals).stripTrailing()
                        + "\nSIGX,%s,%s,critical,%s,%s,%s%n"
                                .formatted(
                                        date,
                                        quoted("<b>type</b>"),
                                        quoted("<i>source</i>"),
                                        quoted(NAMES.get(1).replace("\"\"", "\"")),
                                        quoted(
                                                "{\"message\": \"<img src=x onerror=window.hurt=1>\", \"n\": {\"<u>\": [1]}}")));
        return books;
    }

    private static void rewriteCustomers(Path customers) throws IOException {
        List<String> lines = Files.readAllLines(customers);
        List<String> rewritten = new ArrayList<>(List.of(lines.getFirst()));
        for (int i = 1; i < lines.size(); i++) {
            String[] cells = lines.get(i).split(",", -1);
            cells[1] = quoted(NAMES.get((i - 1) % NAMES.size()));
            rewritten.add(String.join(",", cells));
        }
        Files.write(customers, rewritten);
    }

    private static String quoted(String cell) {
        return "\"" + cell.replace("\"", "\"\"") + "\"";
    }
}
