package io.opsiq.detectors;

import io.opsiq.books.Books;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the books' own rows spread over the values of a finding's column: what chance would give each of them.
 *
 * @param table whose rows they are
 * @param found the column of the finding
 * @param column of the table
 * @param value the same in SQL
 */
record Population(String table, String found, String column, String value) {

    /** The day of the fact, which every finding has. */
    static final String DAY = "day";

    private static final List<Population> KNOWN = List.of(
            of("customers", "region"),
            of("customers", "segment"),
            of("customers", "plan_tier"),
            of("customers", "customer_id"),
            of("subscriptions", "subscription_id"),
            new Population("refunds", DAY, "refund_date", "cast(refund_date as date)"),
            of("refunds", "reason"),
            of("refunds", "processor"),
            of("refunds", "issued_by"),
            new Population("payments", DAY, "payment_date", "cast(payment_date as date)"),
            new Population("payments", "processor", "payment_processor", "payment_processor"),
            of("payments", "payment_processor"),
            new Population("invoices", DAY, "invoice_date", "cast(invoice_date as date)"),
            new Population("invoices", "period", "invoice_date", "strftime(invoice_date, '%Y-%m')"),
            of("invoices", "plan_tier_billed"));

    private static Population of(String table, String column) {
        return new Population(table, column, column, column);
    }

    /** Where the column's values come from; empty where the books cannot be asked. */
    static Optional<Population> of(String column, Detector detector, Books books) {
        return KNOWN.stream()
                .filter(known -> known.found().equals(column))
                .filter(known ->
                        known.table().equals("customers") || detector.requires().containsKey(known.table()))
                .findFirst()
                .filter(known -> books.missing(Map.of(known.table(), List.of(known.column())))
                        .isEmpty());
    }

    /** A query with the share of each value. */
    String shares() {
        return "select lower(cast(%s as varchar)) as member, count(*) / sum(count(*)) over () as share from %s group by 1"
                .formatted(value, table);
    }
}
