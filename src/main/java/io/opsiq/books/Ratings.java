package io.opsiq.books;

import io.opsiq.books.RatedInvoice.Line;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The re-rating of single invoices, step by step. */
public final class Ratings {

    private final Books books;

    public Ratings(Books books) {
        this.books = books;
    }

    /** The rating of an invoice; empty when the books have none of this id that counts. */
    public Optional<RatedInvoice> invoice(String invoiceId) {
        SharedTables.makeFor("from due join overage", books);
        List<Line> lines = books.engine()
                .list(
                        Statements.of("rating_lines.sql").getFirst(),
                        row -> new Line(row.getString("step"), row.getString("what"), row.getBigDecimal("amount")),
                        invoiceId);
        return books
                .engine()
                .list("select * from due where invoice_id = ?", row -> rated(row, lines), invoiceId)
                .stream()
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
