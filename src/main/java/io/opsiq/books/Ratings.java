package io.opsiq.books;

import io.opsiq.books.RatedInvoice.Line;
import io.opsiq.engine.Engine;
import io.opsiq.engine.EngineSettings;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The re-rating of single invoices, step by step. */
public final class Ratings {

    private static final int CENTS = 2;

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
        SharedTables.makeFor("from due_of('invoice_periods')", engine);
        List<Line> lines = engine.list(
                Statements.of("rating_lines.sql").getFirst(),
                row -> new Line(row.getString("step"), row.getString("what"), trimmed(row.getBigDecimal("amount"))),
                invoiceId);
        return engine
                .list(
                        "select * from due_of('invoice_periods') where invoice_id = ?",
                        row -> rated(row, lines),
                        invoiceId)
                .stream()
                .findFirst();
    }

    private static RatedInvoice rated(ResultSet row, List<Line> lines) throws SQLException {
        BigDecimal billed = trimmed(row.getBigDecimal("billed_amount"));
        BigDecimal due = amount(row, "amount_due");
        return new RatedInvoice(
                row.getString("invoice_id"),
                row.getString("customer_id"),
                row.getString("judged_by"),
                row.getString("plan_tier"),
                row.getObject("period_from", LocalDate.class),
                row.getObject("period_to", LocalDate.class),
                row.getString("currency"),
                billed,
                amount(row, "expected_amount"),
                amount(row, "rated"),
                due,
                due == null ? null : due.subtract(billed),
                row.getString("unrated"),
                lines);
    }

    private static @Nullable BigDecimal amount(ResultSet row, String column) throws SQLException {
        BigDecimal amount = row.getBigDecimal(column);
        return amount == null ? null : trimmed(amount);
    }

    /** Without the zeros that the engine's four digits add, but for two: a sum of such amounts has no more digits than they have. */
    private static BigDecimal trimmed(BigDecimal amount) {
        BigDecimal shortest = amount.stripTrailingZeros();
        return shortest.scale() < CENTS ? amount.setScale(CENTS, RoundingMode.UNNECESSARY) : shortest;
    }
}
