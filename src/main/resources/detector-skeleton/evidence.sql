-- On the files as anybody reads them: the rows of the case; their at_stake adds up to its amount.
select
    invoice_id,
    customer_id,
    try_cast(billed_amount as decimal(18, 4)) as billed,
    -try_cast(billed_amount as decimal(18, 4)) as at_stake
from invoices
where invoice_id = {invoice_id}
limit 1
