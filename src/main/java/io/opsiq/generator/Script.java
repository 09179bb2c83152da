package io.opsiq.generator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A packaged .sql file. Its statements end with a semicolon at the end of a line. */
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
        return Stream.of(text().replaceAll("(?m)^\\s*--.*$", "").split(";\\s*(\\n|$)"))
                .filter(statement -> !statement.isBlank())
                .toList();
    }

    /** What is done at this stage, for people. */
    String task() {
        return name.replace("planted/", "planting ").replace('_', ' ');
    }

    String text() {
        return file(".sql");
    }

    String file(String ending) {
        String file = name + ending;
        try (InputStream in = Objects.requireNonNull(Script.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }
}
