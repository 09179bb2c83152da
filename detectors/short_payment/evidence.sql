-- What the invoice asked for, less its completed payments, those of an invoice with payments in another currency as converted.
(
    select
        'invoice, with tax' as record,
        cast(invoice_id as varchar) as id,
        try_cast(invoice_date as timestamp) as dated,
        status,
        cast({owed} as decimal(18, 4)) as amount,
        cast({owed} as decimal(18, 4)) as at_stake
    from invoices
    where invoice_id = {invoice_id}
    limit 1
)
union all
select
    'payment',
    cast(payment_id as varchar),
    try_cast(payment_date as timestamp),
    status,
    try_cast(amount as decimal(18, 4)),
    case
        when lower(trim(status)) = 'completed' then -coalesce(cast(converted.worth as decimal(18, 4)), try_cast(amount as decimal(18, 4)))
        else 0
    end
from payments
left join (
    select unnest(list_value{paid_ids}) as paid_id, unnest(list_value{paid_worths}) as worth
) converted on converted.paid_id = cast(payments.payment_id as varchar)
where invoice_id = {invoice_id}
qualify row_number() over (partition by payment_id) = 1
