-- The payment, less what was given back of it, and what has become of its invoice.
select
    payment.*,
    coalesce((select min(status) from invoices where invoices.invoice_id = payment.invoice_id), 'missing') as invoice_status,
    round(payment.received - cast({given_back} as decimal(18, 4)), 2) as at_stake
from (
    select payment_id, invoice_id, customer_id, try_cast(payment_date as timestamp) as paid_at, status, try_cast(amount as decimal(18, 4)) as received
    from payments
    where payment_id = {payment_id}
    limit 1
) payment
