package io.opsiq.detectors;

import io.opsiq.engine.Engine;
import io.opsiq.engine.Sql;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the books say about what findings are about: the customer, the invoice, the payment, the refund, the subscription, the day. Worked
 * out for all findings of a run that did not give way, together, for learning; detectors need not know of it.
 */
final class Attributes {

    private static final Map<String, List<String>> COLUMNS = columns();

    private Attributes() {}

    private static Map<String, List<String>> columns() {
        Map<String, List<String>> columns = new LinkedHashMap<>();
        columns.put("customer_id", List.of("customer_id"));
        columns.put("invoice_id", List.of("invoice_id", "later_ids", "invoice_ids"));
        columns.put("payment_id", List.of("payment_id", "surplus_ids", "payment_ids"));
        columns.put("refund_id", List.of("refund_id", "counted_refund_ids"));
        columns.put("subscription_id", List.of("subscription_id"));
        return columns;
    }

    /** Makes the table {@code found.about (detector, finding, attributes)}, an entry of {@code name=value} an attribute. */
    static void make(Engine engine, List<Detector> ran) {
        engine.run("""
                create or replace table found.keys (
                    detector varchar, finding bigint, record varchar, fact_date date, currency varchar, customer_id varchar, invoice_id varchar,
                    payment_id varchar, refund_id varchar, subscription_id varchar)
                """);
        ran.forEach(detector -> engine.run(keys(engine, detector), detector.id(), recordOf(detector), detector.id()));
        engine.run(SQL);
    }

    private static String recordOf(Detector detector) {
        return detector.counts().keySet().stream().findFirst().orElse("rhythm");
    }

    private static String keys(Engine engine, Detector detector) {
        String table = "found." + Sql.identifier(detector.id());
        Map<String, String> types = new LinkedHashMap<>();
        engine.forEach("describe " + table, row -> types.put(row.getString(1), row.getString(2)));
        String keys = COLUMNS.values().stream().map(names -> key(names, types)).collect(Collectors.joining(", "));
        return "insert into found.keys select ?, rowid, ?, cast(fact_date as date), currency, " + keys + " from "
                + table + " where rowid not in (select finding from found.given_way where detector = ?)";
    }

    private static String key(List<String> names, Map<String, String> types) {
        Optional<String> name = names.stream().filter(types::containsKey).findFirst();
        return name.map(found -> types.getOrDefault(found, "").endsWith("[]")
                        ? Sql.identifier(found) + "[1]"
                        : "cast(" + Sql.identifier(found) + " as varchar)")
                .orElse("null");
    }

    private static final String SQL = """
            create or replace table found.about as
            with looked_up as (
                select
                    k.*,
                    i.status as invoice_status,
                    i.plan_tier_billed as billed_plan,
                    coalesce(k.payment_id, r.linked_payment_id) as paid_by,
                    coalesce(k.subscription_id, i.subscription_id) as subscribed,
                    coalesce(k.customer_id, i.customer_id, r.customer_id) as customer,
                    r.reason, r.processor, r.issued_by, r.approved_by
                from found.keys as k
                left join invoices as i on i.invoice_id = k.invoice_id
                left join refunds as r on r.refund_id = k.refund_id
            ),
            listed as (
                select
                    l.detector, l.finding,
                    [
                        'record=' || l.record,
                        'currency=' || l.currency,
                        'customer_id=' || l.customer,
                        'region=' || c.region,
                        'segment=' || c.segment,
                        'customer_plan=' || c.plan_tier,
                        'customer_status=' || c.status,
                        'customer_since=' || year(c.created_at),
                        'invoice_status=' || l.invoice_status,
                        'billed_plan=' || l.billed_plan,
                        'payment_processor=' || p.payment_processor,
                        'payment_status=' || p.status,
                        'reason=' || l.reason,
                        'processor=' || l.processor,
                        'issued_by=' || l.issued_by,
                        'approved_by=' || l.approved_by,
                        'billing_status=' || s.billing_status,
                        'billing_period=' || s.billing_period,
                        'subscribed_plan=' || s.plan_tier,
                        'seats=' || case
                            when s.quantity is null then null when s.quantity <= 1 then 'one' when s.quantity <= 10 then 'up to 10'
                            when s.quantity <= 100 then 'up to 100' else 'over 100' end,
                        'discounted=' || case when s.discount_pct > 0 then 'yes' end,
                        'price_locked=' || case when s.price_locked_until is not null then 'yes' end,
                        'month=' || strftime(l.fact_date, '%Y-%m'),
                        'weekday=' || dayname(l.fact_date),
                        'age=' || case
                            when n.today - l.fact_date < 31 then 'up to a month' when n.today - l.fact_date < 92 then 'up to a quarter'
                            when n.today - l.fact_date < 366 then 'up to a year' else 'over a year' end
                    ]
                    || list_transform(
                        list_distinct(list_filter(
                            regexp_split_to_array(lower(coalesce(c.customer_name, '')), '[^\\p{L}]+'), lambda word: length(word) > 2)),
                        lambda word: 'customer_name=' || word) as attributes
                from looked_up as l
                cross join (select cast("now" as date) as today from clock) as n
                left join customers as c on c.customer_id = l.customer
                left join payments as p on p.payment_id = l.paid_by
                left join subscriptions as s on s.subscription_id = l.subscribed
            )
            select
                detector, finding,
                list_transform(
                    list_filter(attributes, lambda each: each is not null and not ends_with(each, '=')),
                    lambda each: lower(trim(left(each, 100)))) as attributes
            from listed
            """;

    private static final char SEPARATOR = '\u001f';

    /** The column that a finding has: one text where nothing in it is the separator, since each text of a list costs as much as a column. */
    static final String SELECTED = """
            case
                when not contains(array_to_string(a.attributes, ''), chr(%1$d)) then array_to_string(a.attributes, chr(%1$d))
            end as "%2$s",
            case when contains(array_to_string(a.attributes, ''), chr(%1$d)) then a.attributes end as "%3$s"
            """.formatted((int) SEPARATOR, Finding.ATTRIBUTES, Finding.LISTED_ATTRIBUTES);

    /** Each attribute under its name; several values of one as a list. */
    static Map<String, Object> read(List<?> listed) {
        Map<String, Object> read = new LinkedHashMap<>();
        listed.forEach(each -> put(read, each.toString()));
        return read;
    }

    static Map<String, Object> read(String joined) {
        Map<String, Object> read = new LinkedHashMap<>();
        int from = 0;
        for (int to = joined.indexOf(SEPARATOR); to >= 0; to = joined.indexOf(SEPARATOR, from)) {
            put(read, joined.substring(from, to));
            from = to + 1;
        }
        if (from < joined.length()) {
            put(read, joined.substring(from));
        }
        return read;
    }

    private static void put(Map<String, Object> read, String attribute) {
        int end = attribute.indexOf('=');
        read.merge(attribute.substring(0, end), attribute.substring(end + 1), Attributes::both);
    }

    private static Object both(Object one, Object other) {
        Stream<?> earlier = one instanceof List<?> list ? list.stream() : Stream.of(one);
        return Stream.concat(earlier, Stream.of(other)).toList();
    }
}
