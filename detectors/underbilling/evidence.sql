-- What was due is the expected amount, else the re-rated one, and the invoice's credit lines, which are agreed reductions (zero or
-- below). Books without a column expected_amount take it from "absent".
select
    invoice.*,
    coalesce(invoice.expected, cast({rated} as decimal(18, 4))) as before_credits,
    cast({credits} as decimal(18, 4)) as credits,
    round(
        coalesce(invoice.expected, cast({rated} as decimal(18, 4))) + cast({credits} as decimal(18, 4)) - invoice.billed,
        2
    ) as at_stake
from (select null as expected_amount) absent,
lateral (
    select
        invoice_id,
        customer_id,
        try_cast(invoice_date as timestamp) as invoiced_at,
        status,
        try_cast(billed_amount as decimal(18, 4)) as billed,
        try_cast(expected_amount as decimal(18, 4)) as expected
    from invoices
    where invoice_id = {invoice_id}
    limit 1
) invoice
