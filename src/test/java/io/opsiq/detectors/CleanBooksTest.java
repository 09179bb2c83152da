package io.opsiq.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsiq.books.Books;
import io.opsiq.books.BooksReader;
import io.opsiq.books.RatedInvoice;
import io.opsiq.books.RatedInvoice.Line;
import io.opsiq.books.Ratings;
import io.opsiq.detectors.Detection.Outcome;
import io.opsiq.engine.Engine;
import io.opsiq.engine.EngineSettings;
import io.opsiq.sources.SourceFolder;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The books in samples/clean, in which nothing leaks. */
class CleanBooksTest {

    private static final Path CLEAN = Path.of("samples/clean");

    @TempDir
    Path work;

    @Test
    void every_stable_detector_runs_and_stays_silent() {
        read(CLEAN, books -> {
            assertThat(books.badRows()).isZero();
            assertThat(titles(books)).isEmpty();
        });
    }

    @Test
    void so_it_does_when_what_was_due_must_be_re_rated(@TempDir Path data) throws IOException {
        try (Stream<Path> files = Files.list(CLEAN)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".csv")).toList()) {
                String text = Files.readString(file);
                Files.writeString(
                        data.resolve(file.getFileName()), text.replaceFirst("expected_amount", "what_they_thought"));
            }
        }
        read(data, books -> {
            assertThat(books.missing(Map.of("invoices", List.of("expected_amount"))))
                    .isPresent();
            assertThat(titles(books)).isEmpty();
        });
    }

    @Test
    void every_invoice_is_re_rated_to_its_amount_in_steps_that_add_up() {
        read(CLEAN, books -> {
            Ratings ratings = new Ratings(books);
            List<String> ids = books.engine()
                    .list("select invoice_id from invoices where status <> 'void' order by 1", row -> row.getString(1));
            assertThat(ids).hasSize(135);
            for (String id : ids) {
                RatedInvoice invoice = ratings.invoice(id).orElseThrow();
                BigDecimal steps = invoice.lines().stream().map(Line::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
                assertThat(steps).as(invoice.toString()).isEqualByComparingTo(invoice.billedAmount());
            }
        });
    }

    private static List<String> titles(Books books) {
        Detection detection = new Detection(books, Pack.shipped(), Map.of(), name -> {});
        assertThat(detection.run()).allMatch(Outcome.Ran.class::isInstance);
        List<String> titles = new ArrayList<>();
        detection.forEachFinding(finding -> titles.add(finding.title()));
        return titles;
    }

    private void read(Path data, Consumer<Books> then) {
        try (Engine engine = Engine.open(new EngineSettings(work, "500MB", 2))) {
            then.accept(new BooksReader(engine, SourceFolder.of(data), null, Clock.systemUTC(), table -> {}).read());
        }
    }
}
