-- What was due on every invoice that counts. How it comes about is left to the few that ask, for the parts of the re-rating of all
-- invoices take as much room and time as all the rest: due_of('invoice_periods') has them.
select
    invoice_id,
    customer_id,
    invoice_date,
    billed_amount,
    expected_amount,
    plan_tier_billed,
    plan_tier,
    status,
    currency,
    to_base,
    has_period,
    period_from,
    period_to,
    judged_by,
    after_end,
    credits,
    lines,
    lines_net,
    tax,
    rated,
    unrated,
    amount_due
from due_of('invoice_periods')
