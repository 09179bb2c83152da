-- The payments of each invoice. An attempt is a payment of any outcome.
select
    invoice_id,
    cast(coalesce(sum(amount) filter (where status = 'completed'), 0) as decimal(18, 4)) as completed,
    cast(count(*) filter (where status = 'completed') as integer) as completed_payments,
    -- What is neither collected nor failed may still come.
    cast(count(*) filter (where coalesce(status, '') not in ('completed', 'failed')) as integer) as undecided_payments,
    max(payment_date) as last_attempt,
    count(*) as attempts,
    min(currency) as currency,
    min(currency) <> max(currency) as several_currencies
from payments
where invoice_id is not null
group by invoice_id
