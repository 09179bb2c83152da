package io.opsiq.books;

import io.opsiq.books.RatedInvoice.Line;
import io.opsiq.engine.Engine;
import io.opsiq.engine.EngineSettings;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The re-rating of single invoices, step by step. */
public final class Ratings {

    private final Engine engine;

    public Ratings(Books books) {
        this(books.engine());
    }

    private Ratings(Engine engine) {
        this.engine = engine;
    }

    /**
     * The rating of an invoice of these books, for which only what concerns its customer is read.
     *
     * @param settings of the engine that works it out
     */
    public static Optional<RatedInvoice> of(Snapshot snapshot, String invoiceId, EngineSettings settings) {
        try (Engine engine = Engine.open(settings)) {
            snapshot.copyOfCustomerOf(invoiceId, engine);
            SharedTables.prepare(engine);
            engine.seal();
            return new Ratings(engine).invoice(invoiceId);
        }
    }

    /** The rating of an invoice; empty when the books have none of this id that counts. */
    public Optional<RatedInvoice> invoice(String invoiceId) {
        SharedTables.makeFor("from due join overage", engine);
        List<Line> lines = engine.list(
                Statements.of("rating_lines.sql").getFirst(),
                row -> new Line(row.getString("step"), row.getString("what"), row.getBigDecimal("amount")),
                invoiceId);
        return engine.list("select * from due where invoice_id = ?", row -> rated(row, lines), invoiceId).stream()
                .findFirst();
    }

    private static RatedInvoice rated(ResultSet row, List<Line> lines) throws SQLException {
        BigDecimal billed = row.getBigDecimal("billed_amount");
        BigDecimal due = row.getBigDecimal("amount_due");
        return new RatedInvoice(
                row.getString("invoice_id"),
                row.getString("customer_id"),
                row.getString("judged_by"),
                row.getString("plan_tier"),
                row.getObject("period_from", LocalDate.class),
                row.getObject("period_to", LocalDate.class),
                row.getString("currency"),
                billed,
                row.getBigDecimal("expected_amount"),
                row.getBigDecimal("rated"),
                due,
                due == null ? null : due.subtract(billed),
                row.getString("unrated"),
                lines);
    }
}
