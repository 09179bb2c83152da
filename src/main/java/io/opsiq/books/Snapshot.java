package io.opsiq.books;

import io.opsiq.engine.Engine;
import io.opsiq.engine.Limits;
import io.opsiq.engine.Sandbox;
import io.opsiq.engine.Sql;
import io.opsiq.json.Json;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Books as they were read, in a file of their own that is only read from: every table and column of the contract, {@code
 * clock} and {@code daily_rates}, and in the schema {@code about} what was noted of them. Beside it stays nothing of the
 * reading. While it is open the file is not removed.
 */
public final class Snapshot implements AutoCloseable {

    private static final Set<String> TABLES =
            Contract.TABLES.stream().map(Table::name).collect(Collectors.toUnmodifiableSet());

    private static final Map<Path, BooksFacts> READ = fewLast();

    private final Path file;
    private final Limits limits;
    private final InUse.Hold hold;
    private final BooksFacts facts;

    Snapshot(Path file, Limits limits, InUse.Hold hold) {
        this.file = file;
        this.limits = limits;
        this.hold = hold;
        this.facts = READ.computeIfAbsent(file, name -> read());
    }

    private BooksFacts read() {
        try (Sandbox sandbox = open()) {
            String document = sandbox.list("select document from about.facts", row -> row.getString(1))
                    .getFirst();
            return Json.read(document, BooksFacts.class);
        }
    }

    /** The facts of the last few snapshots: a file of a name never changes. */
    private static Map<Path, BooksFacts> fewLast() {
        return Collections.synchronizedMap(new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Path, BooksFacts> eldest) {
                return size() > 8;
            }
        });
    }

    /** A text that is the same for the same content. */
    public String id() {
        return String.valueOf(file.getFileName());
    }

    public BooksFacts facts() {
        return facts;
    }

    /** The tables of the contract that the books have. */
    public List<String> tablesLoaded() {
        return facts.tables().stream().map(TableReport::name).toList();
    }

    /** A reader of its own for one piece of work, whose questions may name the contract's tables. */
    public Sandbox open() {
        return open(Set.of(), loading -> {});
    }

    /**
     * Likewise, with further tables beside those of the books.
     *
     * @param further their names
     * @param before makes them
     */
    public Sandbox open(Set<String> further, Consumer<Sandbox.Loading> before) {
        Set<String> tables = new HashSet<>(TABLES);
        tables.addAll(further);
        return Sandbox.over(file, limits, tables, before);
    }

    /** Copies into the engine what concerns the customer of this invoice, and what concerns all customers. */
    void copyOfCustomerOf(String invoiceId, Engine engine) {
        engine.run("attach " + Sql.literal(file.toString()) + " as kept (read_only)");
        engine.run(
                "create temporary table whose as select distinct customer_id from kept.main.invoices where invoice_id = ?",
                invoiceId);
        Contract.TABLES.forEach(table -> engine.run(
                "create table main.%1$s as from kept.main.%1$s %2$s".formatted(table.name(), concerning(table))));
        engine.run("create table clock as from kept.main.clock");
        engine.run("create table daily_rates as from kept.main.daily_rates");
        engine.run("detach kept");
    }

    private static String concerning(Table table) {
        if (table.column("customer_id").isPresent()) {
            return "where customer_id in (from whose)";
        }
        return table.column("invoice_id").isPresent()
                ? "where invoice_id in (select invoice_id from main.invoices)"
                : "";
    }

    @Override
    public void close() {
        hold.release();
    }
}
