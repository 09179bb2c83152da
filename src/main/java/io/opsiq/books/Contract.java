package io.opsiq.books;

import java.util.List;
import java.util.Optional;

/** The tables that books consist of, with their columns, keys and clocks. */
final class Contract {

    /** In an order in which a table that others refer to comes before them. */
    static final List<Table> TABLES = List.of(
            Table.named("customers")
                    .id("customer_id")
                    .text("customer_name", "region", "plan_tier")
                    .words("status")
                    .optional()
                    .text("segment")
                    .times("created_at")
                    .build(),
            Table.named("subscriptions")
                    .id("subscription_id")
                    .ids("customer_id")
                    .text("plan_tier")
                    .days("start_date")
                    .money("monthly_price")
                    .words("billing_status")
                    .optional()
                    .days("end_date")
                    .numbers("quantity")
                    .words("billing_period")
                    .days("trial_end_date")
                    .numbers("discount_pct")
                    .days("discount_end_date", "price_locked_until")
                    .currency()
                    .ofKnownCustomer()
                    .build(),
            Table.named("invoices")
                    .id("invoice_id")
                    .ids("customer_id")
                    .clock("invoice_date")
                    .money("billed_amount")
                    .moneyOrNothing("expected_amount")
                    .text("plan_tier_billed")
                    .words("status")
                    .optional()
                    .ids("subscription_id")
                    .days("period_start", "period_end", "due_date")
                    .currency()
                    .ofKnownCustomer()
                    .build(),
            Table.named("payments")
                    .id("payment_id")
                    .ids("invoice_id", "customer_id")
                    .clock("payment_date")
                    .money("amount")
                    .text("payment_processor")
                    .words("status")
                    .optional()
                    .currency()
                    .build(),
            Table.named("refunds")
                    .id("refund_id")
                    .ids("customer_id")
                    .clock("refund_date")
                    .money("amount")
                    .text("reason", "processor")
                    .ids("linked_payment_id")
                    .optional()
                    .currency()
                    .text("issued_by", "approved_by", "note")
                    .build(),
            Table.named("usage_events")
                    .id("event_id")
                    .ids("customer_id")
                    .clock("event_time")
                    .numbers("usage_units")
                    .text("feature_type")
                    .ofKnownCustomer()
                    .build(),
            Table.named("signal_events")
                    .id("signal_id")
                    .clock("timestamp")
                    .words("signal_type", "severity", "source")
                    .text("related_entity", "payload_json")
                    .build(),
            Table.named("plans")
                    .text("plan_tier")
                    .money("monthly_price")
                    .days("effective_from")
                    .optional()
                    .days("effective_to")
                    .currency()
                    .numbers("included_units")
                    .money("overage_unit_price")
                    .text("metered_feature")
                    .build(),
            Table.named("invoice_lines")
                    .id("line_id")
                    .ids("invoice_id")
                    .words("line_type")
                    .money("amount")
                    .optional()
                    .numbers("quantity")
                    .money("unit_price")
                    .text("description", "feature_type")
                    .build(),
            Table.named("disputes")
                    .id("dispute_id")
                    .ids("payment_id", "customer_id")
                    .clock("opened_at")
                    .money("amount")
                    .words("status")
                    .optional()
                    .text("reason")
                    .currency()
                    .build(),
            Table.named("fx_rates")
                    .currency()
                    .days("rate_date")
                    .rate("rate_to_base")
                    .build());

    private Contract() {}

    static Optional<Table> table(String name) {
        return TABLES.stream().filter(table -> table.name().equals(name)).findFirst();
    }
}
