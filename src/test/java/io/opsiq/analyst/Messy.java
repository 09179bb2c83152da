package io.opsiq.analyst;

/** Small books with all that makes numbers wrong: currencies, void invoices, customers without a row or a region. */
final class Messy {

    private Messy() {}

    /** @param optional whether the tables have their optional columns */
    static void write(AskedBooks books, boolean optional) {
        books.table(
                "customers",
                cut(optional, "customer_id,customer_name,region,plan_tier,status", ",segment"),
                cut(optional, "C1,Müller & Söhne,EMEA,Growth,active", ",SMB"),
                cut(optional, "C2,\"Tanaka, KK\",APAC,Enterprise,active", ",Enterprise"),
                cut(optional, "C3,O'Brien Ltd,US,Growth,churned", ",SMB"),
                cut(optional, "C4,,,Free,active", ","));
        books.table(
                "subscriptions",
                cut(
                        optional,
                        "subscription_id,customer_id,plan_tier,start_date,monthly_price,billing_status",
                        ",end_date,quantity,discount_pct,discount_end_date,currency"),
                cut(optional, "S1,C1,Growth,2026-01-01,100,active", ",,2,10,2026-12-31,EUR"),
                cut(optional, "S2,C2,Enterprise,2026-01-01,10000,active", ",,1,50,2026-02-01,JPY"),
                cut(optional, "S3,C3,Growth,2026-01-01,50,active", ",2026-03-01,1,,,USD"),
                cut(optional, "S4,C4,Free,2026-01-01,30,cancelled", ",,1,,,USD"));
        books.table(
                "invoices",
                cut(
                        optional,
                        "invoice_id,customer_id,invoice_date,billed_amount,expected_amount,plan_tier_billed,status",
                        ",due_date,currency"),
                cut(optional, "I1,C1,2026-02-10,100.00,120.00,Growth,paid", ",2026-03-10,EUR"),
                cut(optional, "I2,C2,2026-02-15 08:00:00,10000,10000,Enterprise,paid", ",2026-03-15,JPY"),
                cut(optional, "I3,C3,2026-02-03,50.50,,Growth,open", ",,USD"),
                cut(optional, "I4,C1,2026-02-10,100.00,900,Growth,void", ",2026-03-10,EUR"),
                cut(optional, "I5,C3,2026-03-01,70.25,100.25,Growth,paid", ",2026-03-05,"),
                cut(optional, "I6,C4,2026-03-10,30,30,Free,Paid", ",2026-04-10,USD"),
                cut(optional, "I7,C1,2026-03-02,40.005,40.005,Growth,open", ",2026-03-09,EUR"),
                cut(optional, "I8,C2,2026-03-09,5000,6000,Enterprise,paid", ",2026-04-15,JPY"));
        books.table(
                "payments",
                cut(
                        optional,
                        "payment_id,invoice_id,customer_id,payment_date,amount,payment_processor,status",
                        ",currency"),
                cut(optional, "P1,I1,C1,2026-02-11,100,stripe,completed", ",EUR"),
                cut(optional, "P2,I2,C2,2026-02-16,10000,adyen,failed", ",JPY"),
                cut(optional, "P3,I5,C3,2026-03-02,70.25,adyen,completed", ",USD"),
                cut(optional, "P4,I5,C9,2026-03-02,1,adyen,completed", ",USD"),
                cut(optional, "P5,I2,C2,2026-03-03,10000,adyen,completed", ",JPY"));
        books.table(
                "refunds",
                cut(
                        optional,
                        "refund_id,customer_id,refund_date,amount,reason,processor,linked_payment_id",
                        ",currency"),
                cut(optional, "R1,C1,2026-02-01,10,service_issue,stripe,P1", ",EUR"),
                cut(optional, "R2,C3,2026-03-04,5.25,duplicate,adyen,P3", ",USD"),
                cut(optional, "R3,C9,2026-03-05,1.10,manual_credit,manual,", ",EUR"));
        books.table(
                "usage_events",
                "event_id,customer_id,event_time,usage_units,feature_type",
                "E1,C1,2026-02-01,10.5,api_calls",
                "E2,C3,2026-03-01,7,storage");
    }

    static void writeRates(AskedBooks books) {
        books.table(
                "fx_rates",
                "currency,rate_date,rate_to_base",
                "EUR,2026-01-01,1",
                "USD,2026-01-01,0.9",
                "USD,2026-03-05,0.8",
                "JPY,2026-01-01,0.006");
    }

    private static String cut(boolean optional, String core, String further) {
        return optional ? core + further : core;
    }
}
