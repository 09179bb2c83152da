-- The month's usage by feature; what lies above the included units is priced on the last row.
(
    select
        'usage' as record,
        feature_type as what,
        sum(try_cast(usage_units as decimal(18, 4))) as units,
        min(try_cast(event_time as timestamp)) as first_at,
        max(try_cast(event_time as timestamp)) as last_at,
        cast(0 as decimal(18, 4)) as at_stake
    from usage_events
    where customer_id = {customer_id}
        and try_cast(event_time as timestamp) >= {month_from}
        and try_cast(event_time as timestamp) < {month_to} + interval 1 day
    group by feature_type
)
union all
(
    select
        'invoice ' || invoice_id,
        {over_units} || ' units above at ' || coalesce({unit_price}, 'their prices') || ' are not on it',
        null,
        try_cast(invoice_date as timestamp),
        null,
        cast({amount} as decimal(18, 4))
    from invoices
    where invoice_id = {invoice_id}
    limit 1
)
