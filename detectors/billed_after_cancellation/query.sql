with after_end as (
    select due.*, terms.end_date as ended, coalesce(terms.trial_end_date >= terms.end_date, false) as trial_only
    from due
    join terms on terms.subscription_id = due.judged_by
    where due.after_end and due.billed_amount > 0
),

-- Without period columns the first invoice after the end may be that of the last month, billed in arrears, unless that was all trial.
found as (
    select after_end.*
    from after_end
    left join line_sums on line_sums.invoice_id = after_end.invoice_id
    where not (coalesce(line_sums.lines, 0) > 0 and line_sums.subscription_lines = 0 and line_sums.prorations = 0 and line_sums.usage > 0)
        and (
            has_period
            or trial_only
            or month_of(period_from) > month_of(ended) + interval 1 month
            or exists (
                from due as other
                where other.judged_by = after_end.judged_by and month_of(other.period_from) = month_of(after_end.ended)
            )
        )
)

select
    found.invoice_id,
    found.customer_id,
    found.judged_by as subscription_id,
    round(found.billed_amount, 2) as amount,
    found.currency,
    found.invoice_date as fact_date,
    coalesce(customers.customer_name, found.customer_id) as customer,
    found.ended,
    found.period_from,
    found.period_to,
    cast(found.period_from - found.ended as integer) as days_after,
    found.status,
    customers.region,
    customers.segment,
    lower(found.plan_tier) as plan_tier,
    case
        when found.period_from - found.ended <= 31 then 'the month after'
        when found.period_from - found.ended <= 92 then 'up to three months after'
        else 'later'
    end as margin,
    amount_band(found.billed_amount * found.to_base) as amount_band
from found
left join customers on customers.customer_id = found.customer_id
order by found.invoice_id
