package io.opsiq.cli;

import io.opsiq.OpsIQ;
import io.opsiq.books.Books;
import io.opsiq.books.BooksReader;
import io.opsiq.books.TableReport;
import io.opsiq.detectors.Detection;
import io.opsiq.engine.Engine;
import io.opsiq.investigation.Investigations;
import io.opsiq.json.Json;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.core.JsonGenerator;

/** Reads the books and says what is there. */
@Command(name = "check", description = "Reads books and reports tables, bad rows and which detectors can run.")
final class CheckCommand implements Runnable {

    private final Console console;

    @Mixin
    StateOption state = new StateOption();

    @Mixin
    BooksOptions options = new BooksOptions();

    @Option(names = "--json", description = "Print the report as JSON.")
    boolean json;

    CheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        OpsIQ opsiq = state.open();
        try (Engine engine = Engine.open(opsiq.engineSettings())) {
            Interrupts.onInterrupt(engine::cancel);
            Books books = new BooksReader(
                            engine,
                            Investigations.source(options.request()),
                            options.asOf,
                            opsiq.clock(),
                            table -> console.progress("reading " + table))
                    .read();
            console.clearProgress();
            List<Readiness> detectors = opsiq.pack().detectors().stream()
                    .map(detector -> {
                        Optional<String> reason = Detection.whyNot(detector, books);
                        return new Readiness(detector.id(), reason.isEmpty(), reason.orElse(null));
                    })
                    .toList();
            if (json) {
                printJson(books, detectors);
            } else {
                print(books, detectors);
            }
        }
    }

    private record Readiness(
            String id, boolean runs, @Nullable String reason) {}

    private record BadRowEntry(
            String file,
            long line,
            @Nullable String column,
            @Nullable String value,
            String reason) {}

    private void printJson(Books books, List<Readiness> detectors) {
        try (JsonGenerator out = Json.generator(console.outWriter())) {
            out.writeStartObject();
            out.writePOJOProperty("tables", books.tables());
            out.writeArrayPropertyStart("bad_rows");
            books.forEachBadRow(row ->
                    out.writePOJO(new BadRowEntry(row.file(), row.line(), row.column(), row.value(), row.reason())));
            out.writeEndArray();
            out.writePOJOProperty("clock", books.clock());
            out.writePOJOProperty("currencies", books.currencies());
            out.writePOJOProperty("base_currency", books.baseCurrency());
            out.writePOJOProperty("detectors", detectors);
            out.writePOJOProperty("other_tables", books.otherTables());
            out.writePOJOProperty("remarks", books.remarks());
            out.writeEndObject();
            out.writeRaw("\n");
        }
    }

    private void print(Books books, List<Readiness> detectors) {
        console.print("Books: %s", books.label());
        console.print(
                "Clock: %s   Currencies: %s",
                books.clock() == null ? "unknown" : books.clock(), String.join(", ", books.currencies()));
        console.print("");
        printTables(books);
        printBadRows(books);
        console.print("");
        console.print("Detectors:");
        detectors.forEach(detector -> console.print(
                "  %-24s %s", detector.id(), detector.runs() ? "can run" : "cannot run: " + detector.reason()));
    }

    private void printTables(Books books) {
        console.print("%-15s %12s %10s  %s", "TABLE", "ROWS", "BAD ROWS", "FILES");
        for (TableReport table : books.tables()) {
            console.print("%-15s %,12d %,10d  %s", table.name(), table.rows(), table.badRows(), files(table));
            if (!table.missingColumns().isEmpty()) {
                console.print("%-15s missing: %s", "", String.join(", ", table.missingColumns()));
            }
        }
        if (!books.otherTables().isEmpty()) {
            console.print("Not tables of the books, left alone: %s", String.join(", ", books.otherTables()));
        }
        books.remarks().forEach(remark -> console.print("Note: " + remark));
    }

    private void printBadRows(Books books) {
        boolean[] begun = {false};
        books.forEachBadRow(row -> {
            if (!begun[0]) {
                console.print("");
                console.print("Bad rows, set aside:");
                begun[0] = true;
            }
            console.print(
                    "  %s line %s%s: %s%s",
                    row.file(),
                    row.line() == 0 ? "unknown" : row.line(),
                    row.column() == null ? "" : ", " + row.column(),
                    row.reason(),
                    row.value() == null ? "" : " [" + row.value().replaceAll("\\s+", " ") + "]");
        });
    }

    private static String files(TableReport table) {
        return table.files().size() <= 3
                ? String.join(", ", table.files())
                : table.files().getFirst() + " and " + (table.files().size() - 1) + " more";
    }
}
