-- The invoices on which another amount was billed than was due, or another plan than that of the subscription they are judged by.
select *
from invoice_periods
where invoice_id in (
    select invoice_id
    from due
    where amount_due <> billed_amount
        or has_period and amount_due = billed_amount and lower(plan_tier) <> lower(trim(plan_tier_billed))
)
