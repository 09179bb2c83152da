-- What was agreed in each subscription row. Where "unclear" says why, nothing is rated by the row.
select
    subscription_id,
    customer_id,
    plan_tier,
    lower(plan_tier) as plan_key,
    currency,
    minor_digits(currency) as digits,
    start_date,
    end_date,
    coalesce(end_date, date '9999-12-30') as until,
    monthly_price,
    coalesce(quantity, 1) as quantity,
    case
        when coalesce(billing_period, 'monthly') in ('monthly', 'month') then 'monthly'
        when billing_period in ('annual', 'yearly', 'year') then 'annual'
        else billing_period
    end as billing,
    billing_period is not null as billing_told,
    billing_status,
    case when trial_end_date >= start_date then trial_end_date end as trial_end_date,
    least(coalesce(discount_pct, 0), 100) as discount_pct,
    discount_end_date,
    price_locked_until,
    case
        when billing_status in ('cancelled', 'canceled') and end_date is null
            then 'its subscription was cancelled, and when is not known'
        when billing_status = 'trial' and trial_end_date is null then 'its subscription is a trial without a known end'
        when coalesce(billing_period, 'monthly') not in ('monthly', 'month', 'annual', 'yearly', 'year')
            then 'its subscription is billed neither monthly nor annually'
        when quantity < 0 or monthly_price < 0 then 'its subscription has a negative price or quantity'
    end as unclear
from subscriptions
where start_date is not null
