package io.opsiq.generator;

import io.opsiq.engine.Engine;
import io.opsiq.engine.EngineException;
import io.opsiq.engine.Sql;
import io.opsiq.engine.SqlFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Books of an invented company that bills subscriptions in four regions and four currencies: ordinary life, leaks of all types, and what
 * looks like a leak and is none. What is what stands in the folder {@code .truth} beside them.
 *
 * <p>Everything is made set by set inside the engine, so memory is bounded by the engine's own limit.
 */
public final class GeneratedBooks {

    private final Engine engine;
    private final Consumer<String> progress;

    /**
     * @param engine a new one, which is filled
     * @param progress is told what is being made
     */
    public GeneratedBooks(Engine engine, Consumer<String> progress) {
        this.engine = engine;
        this.progress = progress;
    }

    /**
     * Makes the books and writes them. The folder is made if it is missing; books that were generated into it before are replaced.
     *
     * @return how many facts of each type were planted
     * @throws IllegalArgumentException if the folder holds anything else; nothing is changed then
     * @throws UncheckedIOException if the folder cannot be read or written
     */
    public Map<String, Long> write(Path folder, BooksOrder order) {
        new BooksFolder(folder).replace(description(order), target -> {
            make(order);
            writeTables(target, order);
            tellTruth(target.resolve(BooksFolder.TRUTH), order);
        });
        return planted();
    }

    private void make(BooksOrder order) {
        engine.keepOnDisk(); // changed rows of a table in memory would all have to stay there
        set("seed", Long.toString(order.seed()));
        set("customers", Integer.toString(order.customers()));
        set("months", Integer.toString(order.months()));
        set("first_month", "date " + Sql.literal(order.firstMonth().toString()));
        set("now", "timestamp " + Sql.literal(order.until() + " 18:00:00"));
        for (Script stage : Script.STAGES) {
            progress.accept(stage.task());
            stage.statements().forEach(statement -> run(stage, statement));
        }
    }

    private void set(String name, String value) {
        engine.run("set variable " + name + " = " + value);
    }

    private void run(Script stage, String statement) {
        try {
            engine.run(statement);
        } catch (EngineException e) {
            if (engine.isCancelled()) {
                throw e;
            }
            throw new IllegalStateException(stage.name() + ".sql: " + e.getMessage() + "\n" + statement.strip(), e);
        }
    }

    private void writeTables(Path target, BooksOrder order) {
        for (String table : Script.TABLES) {
            progress.accept("writing " + table);
            String select = new Script("tables/" + table).text();
            if (table.equals("invoices") && !order.withExpected()) {
                select = "select * exclude (expected_amount) from (" + select + ")";
            }
            copy(select, target.resolve(table + order.format().ending()), order.format());
        }
    }

    private void tellTruth(Path folder, BooksOrder order) {
        progress.accept("writing the truth");
        copy(new Script("truth/facts").text(), folder.resolve("facts.csv"), BooksOrder.Format.CSV);
        copy(new Script("truth/look_alikes").text(), folder.resolve("look_alikes.csv"), BooksOrder.Format.CSV);
        try {
            Files.writeString(folder.resolve("README.md"), readme(order));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void copy(String select, Path file, BooksOrder.Format format) {
        engine.run("copy (" + select + ") to " + Sql.literal(file.toString()) + " " + format.copyOptions());
    }

    private Map<String, Long> planted() {
        Map<String, Long> planted = new LinkedHashMap<>();
        engine.forEach(
                "select anomaly_type, count(*) from facts where certainty = 'planted' group by 1 order by 1",
                row -> planted.put(row.getString(1), row.getLong(2)));
        return planted;
    }

    private static String description(BooksOrder order) {
        return "OpsIQ generated the books in this folder and may replace them (%s). Delete this file to keep them.\n"
                .formatted(wish(order));
    }

    private static String wish(BooksOrder order) {
        return "customers %d, months %d, seed %d, until %s, %s"
                .formatted(
                        order.customers(),
                        order.months(),
                        order.seed(),
                        order.until(),
                        order.withExpected() ? "with expected amounts" : "without expected amounts");
    }

    private static String readme(BooksOrder order) {
        return SqlFile.beside(GeneratedBooks.class, "truth/README.md").text().replace("${order}", wish(order));
    }
}
