with limits as (
    select cast($tolerance as decimal(18, 4)) as tolerance
),

found as (
    select due.*, cast(lines_net - billed_amount as decimal(18, 4)) as difference
    from due
    cross join limits
    where lines > 0
        and lines_net <> billed_amount
        and round(abs(lines_net - billed_amount) * to_base, 4) > tolerance
        and round(abs(lines_net + tax - billed_amount) * to_base, 4) > tolerance
        and (minor_digits(currency) > 0 or least(abs(lines_net - billed_amount), abs(lines_net + tax - billed_amount)) > 1)
)

select
    found.invoice_id,
    found.customer_id,
    round(abs(found.difference), 2) as amount,
    case when found.difference > 0 then 'lost' else 'owed_to_customer' end as money,
    found.currency,
    found.invoice_date as fact_date,
    coalesce(customers.customer_name, found.customer_id) as customer,
    found.billed_amount as billed,
    found.lines,
    found.lines_net,
    case when found.tax <> 0 then found.tax end as tax,
    found.lines_net + found.tax as lines_gross,
    case when found.difference > 0 then found.difference end as too_little,
    case when found.difference < 0 then -found.difference end as too_much,
    customers.region,
    customers.segment,
    lower(coalesce(found.plan_tier_billed, customers.plan_tier)) as plan_tier,
    case when found.difference > 0 then 'too little' else 'too much' end as direction,
    amount_band(abs(found.difference) * found.to_base) as amount_band
from found
left join customers on customers.customer_id = found.customer_id
order by found.invoice_id
