-- Invoices that count and that one completed payment did not settle: what each asks for, tax included, and what was collected on it.
-- A credit line that the invoice's total does not know of yet lowers what it asks for; a total that has the tax in it is not taxed
-- again.
with asked as (
    select
        invoices.invoice_id,
        invoices.status,
        invoices.billed_amount,
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
    left join line_sums on line_sums.invoice_id = invoices.invoice_id
    where not counts_nowhere(invoices.status)
),

open_ended as (
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
    where asked.status is distinct from 'paid' or collected.invoice_id is null or collected.completed <> asked.owed
)

select
    open_ended.* exclude (paid_currency, several_currencies),
    invoices.customer_id,
    invoices.invoice_date,
    invoices.plan_tier_billed,
    invoices.currency,
    invoices.to_base,
    coalesce(invoices.due_date, cast(invoices.invoice_date as date) + 30) as due_day,
    invoices.due_date is not null as has_due_date,
    -- Payments in another currency than the invoice's are not set against it.
    coalesce(several_currencies or paid_currency <> invoices.currency, false) as in_other_currency
from open_ended
join invoices on invoices.invoice_id = open_ended.invoice_id
