-- The invoice's lines without tax, less what it bills.
select
    invoice.*,
    lines.lines,
    lines.net,
    round(abs(lines.net - invoice.billed), 2) as at_stake
from (
    select invoice_id, customer_id, try_cast(invoice_date as timestamp) as invoiced_at, try_cast(billed_amount as decimal(18, 4)) as billed
    from invoices
    where invoice_id = {invoice_id}
    limit 1
) invoice
cross join (
    select count(*) as lines, sum(try_cast(amount as decimal(18, 4))) as net
    from invoice_lines
    where invoice_id = {invoice_id} and lower(trim(line_type)) is distinct from 'tax'
) lines
