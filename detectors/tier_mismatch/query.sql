with limits as (
    select cast($min_gap as decimal(18, 4)) as min_gap
),

credited as (
    select invoice_id, cast(least(sum(amount), 0) as decimal(18, 4)) as credits
    from invoice_lines
    where line_type = 'credit'
    group by invoice_id
),

-- Where the period is not given it is the calendar month.
priced as (
    select
        invoices.*,
        coalesce(credited.credits, 0) as credits,
        invoices.expected_amount + coalesce(credited.credits, 0) as due,
        coalesce(period_start, cast(date_trunc('month', coalesce(period_end, invoice_date)) as date)) as period_from,
        coalesce(period_end, last_day(cast(coalesce(period_start, invoice_date) as date))) as period_to
    from invoices
    left join credited on credited.invoice_id = invoices.invoice_id
    where invoices.expected_amount is not null
        and nullif(trim(invoices.plan_tier_billed), '') is not null
        and coalesce(invoices.status, '') not in ('void', 'voided', 'draft')
),

off_price as (
    select priced.*
    from priced
    cross join limits
    where round(cast(abs(due - billed_amount) as decimal(18, 4)) * to_base, 4) > min_gap
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
    left join subscriptions named on named.subscription_id = off_price.subscription_id
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
    round(cast(abs(found.due - found.billed_amount) as decimal(18, 4)), 2) as amount,
    case when found.billed_amount < found.due then 'lost' else 'owed_to_customer' end as money,
    found.currency,
    found.invoice_date as fact_date,
    coalesce(customers.customer_name, found.customer_id) as customer,
    found.plan_tier_billed as billed_plan,
    mismatched.plans,
    mismatched.in_force,
    found.period_from,
    found.period_to,
    found.billed_amount as billed,
    found.due,
    found.credits,
    case when found.credits < 0 then -found.credits end as credited,
    case when found.billed_amount < found.due then found.due - found.billed_amount end as too_little,
    case when found.billed_amount > found.due then found.billed_amount - found.due end as too_much,
    customers.region,
    customers.segment,
    lower(mismatched.plans) as plan_tier,
    lower(found.plan_tier_billed) as plan_tier_billed,
    case when found.billed_amount < found.due then 'too little' else 'too much' end as direction,
    case
        when abs(found.due - found.billed_amount) * found.to_base < 50 then 'under 50'
        when abs(found.due - found.billed_amount) * found.to_base < 200 then '50 to 200'
        when abs(found.due - found.billed_amount) * found.to_base < 1000 then '200 to 1000'
        when abs(found.due - found.billed_amount) * found.to_base < 5000 then '1000 to 5000'
        else '5000 and more'
    end as amount_band
from off_price found
join mismatched on mismatched.invoice_id = found.invoice_id
left join customers on customers.customer_id = found.customer_id
order by found.invoice_id
