-- Completed payments whose invoice is missing or void, what was refunded of them, and why they belong nowhere. An invoice that was
-- set aside as a bad row is not missing.
with loose as (
    select
        payments.payment_id,
        payments.invoice_id,
        payments.customer_id,
        payments.payment_date,
        payments.amount,
        payments.payment_processor,
        payments.currency,
        payments.to_base,
        case
            when nullif(trim(payments.invoice_id), '') is null then 'none'
            when invoices.invoice_id is null then 'missing'
            else 'void'
        end as why
    from payments
    left join invoices on invoices.invoice_id = payments.invoice_id
    where payments.status = 'completed'
        and payments.amount > 0
        and (invoices.invoice_id is null or coalesce(invoices.status, '') in ('void', 'voided'))
),

refunded as (
    select linked_payment_id as payment_id, sum(amount) as refunded
    from refunds
    where amount > 0
    group by linked_payment_id
)

select loose.*, cast(coalesce(refunded.refunded, 0) as decimal(18, 4)) as refunded
from loose
left join refunded on refunded.payment_id = loose.payment_id
where loose.invoice_id is null or loose.invoice_id not in (
    select invoice_id from set_aside.invoices where invoice_id is not null
)
