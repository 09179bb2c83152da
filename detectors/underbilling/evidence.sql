-- What was due is the expected amount and the invoice's credit lines, which are agreed reductions (zero or below).
select
    invoice_id,
    customer_id,
    try_cast(invoice_date as timestamp) as invoiced_at,
    status,
    try_cast(billed_amount as decimal(18, 4)) as billed,
    try_cast(expected_amount as decimal(18, 4)) as expected,
    cast({credits} as decimal(18, 4)) as credits,
    round(
        try_cast(expected_amount as decimal(18, 4)) + cast({credits} as decimal(18, 4))
            - try_cast(billed_amount as decimal(18, 4)),
        2
    ) as at_stake
from invoices
where invoice_id = {invoice_id}
limit 1
