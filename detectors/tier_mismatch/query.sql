with limits as (
    select cast($min_gap as decimal(18, 4)) as min_gap
),

-- With a period a plan that other subscriptions have is another plan also where the amount is right; else only the amount tells it from
-- another name.
off_price as (
    select due.*
    from misbilled as due
    cross join limits
    where (
            round(cast(abs(amount_due - billed_amount) as decimal(18, 4)) * to_base, 4) > min_gap
            or has_period and lower(trim(plan_tier_billed)) in (select plan_key from terms)
        )
        and not after_end
        and nullif(trim(plan_tier_billed), '') is not null
),

-- An invoice that names a subscription is judged by it and by the row that it changed from or into.
in_force as (
    select
        off_price.invoice_id,
        row.subscription_id,
        row.plan_tier,
        row.start_date,
        row.end_date,
        lower(trim(row.plan_tier)) <> lower(trim(off_price.plan_tier_billed)) as differs
    from off_price
    left join subscriptions named
        on named.subscription_id
            = case when off_price.subscription_id is not null then coalesce(off_price.judged_by, off_price.subscription_id) end
    join subscriptions row
        on row.customer_id = coalesce(named.customer_id, off_price.customer_id)
        and row.start_date <= off_price.period_to
        and (row.end_date is null or row.end_date >= off_price.period_from)
    where named.subscription_id is null
        or (
            named.start_date <= off_price.period_to
            and (named.end_date is null or named.end_date >= off_price.period_from)
            and (
                row.subscription_id = named.subscription_id
                or row.start_date between named.end_date and named.end_date + 1
                or row.end_date between named.start_date - 1 and named.start_date
            )
        )
),

mismatched as (
    select
        invoice_id,
        list(subscription_id order by start_date, subscription_id) as subscription_ids,
        string_agg(distinct plan_tier, ', ' order by plan_tier) as plans,
        string_agg(
            subscription_id || ' on plan ' || plan_tier || ' (since ' || start_date
                || coalesce(', until ' || end_date, '') || ')',
            '; ' order by start_date, subscription_id
        ) as in_force
    from in_force
    group by invoice_id
    having bool_and(coalesce(differs, false))
)

select
    found.invoice_id,
    found.customer_id,
    mismatched.subscription_ids,
    round(cast(abs(found.amount_due - found.billed_amount) as decimal(18, 4)), 2) as amount,
    case when found.billed_amount < found.amount_due then 'lost' else 'owed_to_customer' end as money,
    found.currency,
    found.invoice_date as fact_date,
    coalesce(customers.customer_name, found.customer_id) as customer,
    found.plan_tier_billed as billed_plan,
    mismatched.plans,
    mismatched.in_force,
    found.period_from,
    found.period_to,
    found.billed_amount as billed,
    found.amount_due as due,
    found.expected_amount,
    found.rated,
    case when found.expected_amount is null then rating_of(found) end as rating,
    case when abs(found.expected_amount - found.rated) > 0.05 then rating_of(found) end as other_rating,
    found.credits,
    case when found.credits < 0 then -found.credits end as credited,
    case when found.billed_amount < found.amount_due then found.amount_due - found.billed_amount end as too_little,
    case when found.billed_amount > found.amount_due then found.billed_amount - found.amount_due end as too_much,
    case when found.billed_amount = found.amount_due then found.billed_amount end as right_amount,
    customers.region,
    customers.segment,
    lower(mismatched.plans) as plan_tier,
    lower(found.plan_tier_billed) as plan_tier_billed,
    case
        when found.billed_amount < found.amount_due then 'too little'
        when found.billed_amount > found.amount_due then 'too much'
        else 'the right amount'
    end as direction,
    amount_band(abs(found.amount_due - found.billed_amount) * found.to_base) as amount_band
from off_price found
join mismatched on mismatched.invoice_id = found.invoice_id
left join customers on customers.customer_id = found.customer_id
order by found.invoice_id
