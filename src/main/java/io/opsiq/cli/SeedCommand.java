package io.opsiq.cli;

import io.opsiq.OpsIQ;
import io.opsiq.engine.Engine;
import io.opsiq.generator.BooksOrder;
import io.opsiq.generator.GeneratedBooks;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes demo books, or large ones. */
@Command(
        name = "seed",
        description = {
            "Writes demo books: without options the original demo's planted leaks, around today.",
            "With any option large realistic books of all leak types and their look-alikes, the truth in DIR/.truth/."
        })
final class SeedCommand implements Runnable {

    private static final int CUSTOMERS = 1_000;
    private static final int MONTHS = 24;

    private final Console console;

    @Mixin
    StateOption state = new StateOption();

    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Folder to write them to; made when missing.")
    Path folder = Path.of(".");

    @Option(names = "--customers", paramLabel = "N", description = "How many customers (default: " + CUSTOMERS + ").")
    @Nullable
    Integer customers;

    @Option(names = "--months", paramLabel = "N", description = "How many calendar months (default: " + MONTHS + ").")
    @Nullable
    Integer months;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Other books for another number, the same for the same (default: 1).")
    @Nullable
    Long seed;

    @Option(names = "--format", paramLabel = "csv|parquet", description = "How files are written (default: csv).")
    BooksOrder.@Nullable Format format;

    @Option(names = "--until", paramLabel = "DATE", description = "The last day of the books (default: 2026-09-17).")
    @Nullable
    LocalDate until;

    @Option(names = "--without-expected", description = "Leaves out expected_amount: all invoices must be re-rated.")
    boolean withoutExpected;

    SeedCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        OpsIQ opsiq = state.open();
        if (wantsDemo()) {
            opsiq.demoBooks().write(folder);
            console.print("Demo books are in %s. Next: opsiq run --data %s", folder, folder);
        } else {
            generate(opsiq, order());
        }
    }

    private boolean wantsDemo() {
        return !withoutExpected
                && Stream.of(customers, months, seed, format, until).allMatch(Objects::isNull);
    }

    private BooksOrder order() {
        try {
            return new BooksOrder(
                    Objects.requireNonNullElse(customers, CUSTOMERS),
                    Objects.requireNonNullElse(months, MONTHS),
                    Objects.requireNonNullElse(seed, 1L),
                    Objects.requireNonNullElse(format, BooksOrder.Format.CSV),
                    Objects.requireNonNullElse(until, BooksOrder.UNTIL),
                    !withoutExpected);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), String.valueOf(e.getMessage()));
        }
    }

    private void generate(OpsIQ opsiq, BooksOrder order) {
        try (Engine engine = Engine.open(opsiq.engineSettings())) {
            Interrupts.onInterrupt(engine::cancel);
            Map<String, Long> planted = new GeneratedBooks(engine, console::progress).write(folder, order);
            console.clearProgress();
            planted.forEach((type, facts) -> console.print("%-28s %8d", type, facts));
            console.print(
                    "Books of %d customers and %d months are in %s. Next: opsiq run --data %s, then opsiq score --truth %s",
                    order.customers(), order.months(), folder, folder, folder);
        }
    }
}
