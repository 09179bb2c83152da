package io.opsiq.generator;

import io.opsiq.engine.SqlFile;
import java.util.List;
import java.util.stream.Stream;

/** One of the packaged .sql files, of which books are made. */
record Script(String name) {

    /** The stages in which books come to be: each builds on those before it. */
    static final List<Script> STAGES = Stream.of(
                    "rolls",
                    "catalogue",
                    "customers",
                    "subscriptions",
                    "usage",
                    "due",
                    "invoices",
                    "planted/expired_discount",
                    "planted/unbilled_usage",
                    "planted/stale_price",
                    "planted/quantity_mismatch",
                    "planted/tier_mismatch",
                    "planted/invoice_line_mismatch",
                    "planted/underbilling",
                    "planted/missing_invoice",
                    "planted/duplicate_invoice",
                    "planted/billed_after_cancellation",
                    "planted/usage_without_subscription",
                    "payments",
                    "planted/short_payment",
                    "planted/duplicate_payment",
                    "planted/uncollected_invoice",
                    "planted/unapplied_payment",
                    "planted/payment_failure_spike",
                    "refunds",
                    "planted/refund_after_dispute",
                    "planted/duplicate_refund",
                    "planted/refund_exceeds_payment",
                    "planted/orphan_refund",
                    "planted/credits",
                    "planted/refund_spike",
                    "planted/revenue_drop",
                    "signals")
            .map(Script::new)
            .toList();

    /** Each is one SELECT, the table of its name. */
    static final List<String> TABLES = List.of(
            "customers",
            "subscriptions",
            "plans",
            "invoices",
            "invoice_lines",
            "payments",
            "refunds",
            "disputes",
            "usage_events",
            "signal_events",
            "fx_rates");

    List<String> statements() {
        return sql().statements();
    }

    /** What is done at this stage, for people. */
    String task() {
        return name.replace("planted/", "planting ").replace('_', ' ');
    }

    String text() {
        return sql().text();
    }

    private SqlFile sql() {
        return SqlFile.beside(Script.class, name + ".sql");
    }
}
