-- The invoices of one period in the order of their dates; the first is taken as the intended one.
select
    invoice_id,
    customer_id,
    try_cast(invoice_date as timestamp) as invoiced_at,
    status,
    try_cast(billed_amount as decimal(18, 4)) as billed,
    case when invoice_id in {later_ids} then try_cast(billed_amount as decimal(18, 4)) else 0 end as at_stake
from invoices
where invoice_id in {invoice_ids}
qualify row_number() over (partition by invoice_id) = 1
order by invoiced_at, invoice_id
