-- Invoices that count and that one completed payment did not settle, with what each asks for, tax included, and was collected on it in
-- the payments' own currency. A credit line that the invoice's total does not know of yet lowers what it asks for; a total that has the
-- tax in it is not taxed again. Few columns of many rows: what else is known of the few that are left, unsettled adds.
with asked as (
    select
        invoices.invoice_id,
        invoices.status,
        invoices.billed_amount,
        invoices.currency,
        cast(invoices.invoice_date as date) as invoice_day,
        coalesce(line_sums.tax, 0) as tax,
        cast(
            case when line_sums.credits < 0 and line_sums.net < invoices.billed_amount then line_sums.net else invoices.billed_amount end
                + case
                    when line_sums.tax <> 0 and abs(line_sums.net + line_sums.tax - invoices.billed_amount) > 0.05 then line_sums.tax
                    else 0
                end
            as decimal(18, 4)
        ) as owed
    from invoices
    left join (select invoice_id, net, tax, credits from line_sums where tax <> 0 or credits < 0) as line_sums using (invoice_id)
    where not counts_nowhere(invoices.status)
)

select
    asked.*,
    coalesce(collected.completed, 0) as completed,
    coalesce(collected.completed_payments, 0) as completed_payments,
    coalesce(collected.undecided_payments, 0) as undecided_payments,
    coalesce(collected.attempts, 0) as attempts,
    collected.last_attempt,
    collected.currency as paid_currency,
    collected.several_currencies
from asked
left join collected on collected.invoice_id = asked.invoice_id
where asked.status is distinct from 'paid'
    or collected.invoice_id is null
    or collected.completed <> asked.owed
    or collected.several_currencies
    or collected.currency <> asked.currency
