-- What each invoice that counts asks for, tax included, and what was collected on it. A credit line that the invoice's total does not
-- know of yet lowers what it asks for; a total that has the tax in it is not taxed again.
select
    invoices.invoice_id,
    invoices.customer_id,
    invoices.invoice_date,
    invoices.billed_amount,
    invoices.plan_tier_billed,
    invoices.status,
    invoices.currency,
    invoices.to_base,
    coalesce(invoices.due_date, cast(invoices.invoice_date as date) + 30) as due_day,
    invoices.due_date is not null as has_due_date,
    coalesce(line_sums.tax, 0) as tax,
    cast(
        case when line_sums.credits < 0 and line_sums.net < invoices.billed_amount then line_sums.net else invoices.billed_amount end
            + case
                when line_sums.tax <> 0 and abs(line_sums.net + line_sums.tax - invoices.billed_amount) > 0.05 then line_sums.tax
                else 0
            end
        as decimal(18, 4)
    ) as owed,
    coalesce(collected.completed, 0) as completed,
    coalesce(collected.completed_payments, 0) as completed_payments,
    coalesce(collected.undecided_payments, 0) as undecided_payments,
    coalesce(collected.attempts, 0) as attempts,
    collected.last_attempt,
    -- Payments in another currency than the invoice's are not set against it.
    coalesce(collected.several_currencies or collected.currency <> invoices.currency, false) as in_other_currency
from invoices
left join line_sums on line_sums.invoice_id = invoices.invoice_id
left join collected on collected.invoice_id = invoices.invoice_id
where not counts_nowhere(invoices.status)
