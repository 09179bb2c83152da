-- The open invoice, less what was paid of it.
select
    invoice.*,
    attempts.attempts,
    attempts.last_attempt,
    round(invoice.billed - case when {completed} is null then 0 else coalesce(cast({converted_paid} as decimal(18, 4)), attempts.completed, 0) end, 2) as at_stake
from (
    select invoice_id, customer_id, try_cast(invoice_date as timestamp) as invoiced_at, status, try_cast(billed_amount as decimal(18, 4)) as billed
    from invoices
    where invoice_id = {invoice_id}
    limit 1
) invoice
cross join (
    select
        count(*) as attempts,
        max(try_cast(payment_date as timestamp)) as last_attempt,
        sum(case when lower(trim(status)) = 'completed' then try_cast(amount as decimal(18, 4)) end) as completed
    from payments
    where invoice_id = {invoice_id}
) attempts
