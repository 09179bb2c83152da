with limits as (
    select
        cast($min_gap as decimal(18, 4)) as min_gap,
        cast($min_gap_percent as decimal(20, 4)) as min_gap_percent
),

found as (
    select due.*, cast(amount_due - billed_amount as decimal(20, 4)) as gap
    from misbilled as due
    cross join limits
    where billed_amount < amount_due
        and amount_due > 0
        and not after_end
        and round(cast(amount_due - billed_amount as decimal(18, 4)) * to_base, 4) > min_gap
        and (amount_due - billed_amount) * 100 > amount_due * min_gap_percent
),

previous as (
    select
        invoice_id,
        lag(invoice_id) over earlier as previous_id,
        lag(invoice_date) over earlier as previous_date,
        lag(billed_amount) over earlier as previous_billed,
        lag(currency) over earlier as previous_currency
    from invoices
    where not counts_nowhere(status)
        and customer_id in (select customer_id from found)
    window earlier as (
        partition by customer_id, coalesce(subscription_id, '')
        order by invoice_date, invoice_id
    )
)

select
    found.invoice_id,
    found.customer_id,
    round(found.gap, 2) as amount,
    found.currency,
    found.invoice_date as fact_date,
    coalesce(customers.customer_name, found.customer_id) as customer,
    found.billed_amount as billed,
    found.amount_due as due,
    round(100.0 * cast(found.gap as double) / cast(found.amount_due as double), 1) as percent_missing,
    found.credits,
    found.expected_amount,
    found.rated,
    case when found.credits < 0 then coalesce(found.expected_amount, found.rated) end as before_credits,
    case when found.credits < 0 then -found.credits end as credited,
    case when found.has_period then found.period_from end as period_start,
    case when found.has_period then found.period_to end as period_end,
    case when found.expected_amount is null then rating_of(found) end as rating,
    case when abs(found.expected_amount - found.rated) > 0.05 then rating_of(found) end as other_rating,
    found.plan_tier_billed as billed_plan,
    case when previous.previous_currency = found.currency then previous.previous_id end as previous_id,
    previous.previous_date,
    previous.previous_billed,
    customers.region,
    customers.segment,
    lower(coalesce(found.plan_tier_billed, customers.plan_tier)) as plan_tier,
    found.status,
    amount_band(found.gap * found.to_base) as amount_band,
    case
        when found.gap * 20 < found.amount_due then 'under 5 %'
        when found.gap * 5 < found.amount_due then '5 to 20 %'
        when found.gap * 2 < found.amount_due then '20 to 50 %'
        else '50 % and more'
    end as margin
from found
left join previous on previous.invoice_id = found.invoice_id
left join customers on customers.customer_id = found.customer_id
order by found.invoice_id
