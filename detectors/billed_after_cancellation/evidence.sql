-- The subscription with its end, and the invoice of a period after it.
(
    select
        'invoice' as record,
        cast(invoice_id as varchar) as id,
        customer_id,
        try_cast(invoice_date as date) as dated,
        cast({period_from} as date) as period_from,
        cast(null as date) as ended,
        round(try_cast(billed_amount as decimal(18, 4)), 2) as at_stake
    from invoices
    where invoice_id = {invoice_id}
    limit 1
)
union all
(
    select 'subscription', cast(subscription_id as varchar), customer_id, try_cast(start_date as date), null, try_cast(end_date as date), 0
    from subscriptions
    where subscription_id = {subscription_id}
    limit 1
)
order by record
