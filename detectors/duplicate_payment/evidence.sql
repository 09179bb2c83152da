-- The completed payments of the invoice, less what it asked for and what was refunded of them.
(
    select
        'payment' as record,
        cast(payment_id as varchar) as id,
        try_cast(payment_date as timestamp) as dated,
        status,
        try_cast(amount as decimal(18, 4)) as amount,
        coalesce(cast(converted.worth as decimal(18, 4)), try_cast(amount as decimal(18, 4))) as at_stake
    from payments
    left join (
        select unnest(list_value{paid_ids}) as paid_id, unnest(list_value{paid_worths}) as worth
    ) converted on converted.paid_id = cast(payments.payment_id as varchar)
    where payment_id in {payment_ids}
    qualify row_number() over (partition by payment_id) = 1
)
union all
(
    select
        'invoice, with tax and less refunds',
        cast(invoice_id as varchar),
        try_cast(invoice_date as timestamp),
        status,
        try_cast(billed_amount as decimal(18, 4)),
        -cast({kept} as decimal(18, 4))
    from invoices
    where invoice_id = {invoice_id}
    limit 1
)
order by dated, record
