with limits as (
    select
        cast($min_gap as decimal(18, 4)) as min_gap,
        cast($min_gap_percent as decimal(18, 4)) as min_gap_percent
),

expecting as (
    select *
    from invoices
    where expected_amount is not null
        and billed_amount < expected_amount
        and coalesce(status, '') not in ('void', 'voided', 'draft')
),

-- Credits are agreed reductions: they lower what was due, never raise it.
credited as (
    select invoice_id, cast(least(sum(amount), 0) as decimal(18, 4)) as credits
    from invoice_lines
    where line_type = 'credit' and invoice_id in (select invoice_id from expecting)
    group by invoice_id
),

customer_ends as (
    select customer_id, max(end_date) as end_date
    from subscriptions
    group by customer_id
    having count(*) = count(end_date)
),

-- Without a subscription of its own an invoice is after the end when all of the customer's have ended.
judged as (
    select
        expecting.*,
        coalesce(credited.credits, 0) as credits,
        expecting.expected_amount + coalesce(credited.credits, 0) as due,
        case when named.subscription_id is null then customer_ends.end_date else named.end_date end as subscription_end
    from expecting
    left join credited on credited.invoice_id = expecting.invoice_id
    left join subscriptions named on named.subscription_id = expecting.subscription_id
    left join customer_ends on customer_ends.customer_id = expecting.customer_id
),

found as (
    select judged.*, cast(due - billed_amount as decimal(18, 4)) as gap
    from judged
    cross join limits
    where due > 0
        and round(cast(due - billed_amount as decimal(18, 4)) * to_base, 4) > min_gap
        and (due - billed_amount) * 100 > due * min_gap_percent
        and not coalesce(
            coalesce(period_start, cast(date_trunc('month', coalesce(period_end, invoice_date)) as date)) > subscription_end,
            false
        )
),

previous as (
    select
        invoice_id,
        lag(invoice_id) over earlier as previous_id,
        lag(invoice_date) over earlier as previous_date,
        lag(billed_amount) over earlier as previous_billed,
        lag(currency) over earlier as previous_currency
    from invoices
    where coalesce(status, '') not in ('void', 'voided', 'draft')
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
    found.due,
    round(100.0 * cast(found.gap as double) / cast(found.due as double), 1) as percent_missing,
    found.credits,
    case when found.credits < 0 then found.expected_amount end as expected_before_credits,
    case when found.credits < 0 then -found.credits end as credited,
    found.period_start,
    found.period_end,
    found.plan_tier_billed as billed_plan,
    case when previous.previous_currency = found.currency then previous.previous_id end as previous_id,
    previous.previous_date,
    previous.previous_billed,
    customers.region,
    customers.segment,
    lower(coalesce(found.plan_tier_billed, customers.plan_tier)) as plan_tier,
    found.status,
    case
        when found.gap * found.to_base < 50 then 'under 50'
        when found.gap * found.to_base < 200 then '50 to 200'
        when found.gap * found.to_base < 1000 then '200 to 1000'
        when found.gap * found.to_base < 5000 then '1000 to 5000'
        else '5000 and more'
    end as amount_band,
    case
        when found.gap * 20 < found.due then 'under 5 %'
        when found.gap * 5 < found.due then '5 to 20 %'
        when found.gap * 2 < found.due then '20 to 50 %'
        else '50 % and more'
    end as margin
from found
left join previous on previous.invoice_id = found.invoice_id
left join customers on customers.customer_id = found.customer_id
order by found.invoice_id
