with limits as (
    select
        cast($overdue_days as integer) as overdue_days,
        cast($quiet_days as integer) as quiet_days
),

found as (
    select
        unsettled.*,
        cast(cast(clock.now as date) - due_day as integer) as days_overdue,
        cast(billed_amount - case when in_other_currency then 0 else completed end as decimal(18, 4)) as outstanding,
        case when converted then completed end as converted_paid
    from unsettled
    cross join limits
    cross join clock
    where status in ('open', 'overdue', 'past_due', 'unpaid')
        and cast(clock.now as date) - due_day > overdue_days
        and (last_attempt is null or last_attempt < clock.now - to_days(quiet_days))
        and billed_amount > case when in_other_currency then 0 else at_most end
        and invoice_id not in (
            select invoice_id from set_aside.payments where invoice_id is not null
        )
)

select
    found.invoice_id,
    found.customer_id,
    round(found.outstanding, 2) as amount,
    found.currency,
    found.invoice_date as invoiced_at,
    found.due_day as fact_date,
    coalesce(customers.customer_name, found.customer_id) as customer,
    found.billed_amount as billed,
    found.due_day,
    case when not found.has_due_date then 'the thirtieth day after its date' end as assumed_due,
    found.days_overdue,
    nullif(found.attempts, 0) as attempts,
    found.last_attempt,
    case when found.attempts = 0 then 'no attempt to collect it' end as no_attempt,
    case when found.completed > 0 and not found.in_other_currency then found.completed end as completed,
    found.converted_paid,
    customers.region,
    customers.segment,
    lower(coalesce(found.plan_tier_billed, customers.plan_tier)) as plan_tier,
    case
        when found.days_overdue <= 90 then 'up to 90 days'
        when found.days_overdue <= 180 then 'up to 180 days'
        else 'over 180 days'
    end as margin,
    amount_band(found.outstanding * found.to_base) as amount_band
from found
left join customers on customers.customer_id = found.customer_id
order by found.invoice_id
