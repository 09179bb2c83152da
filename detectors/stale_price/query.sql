with limits as (
    select cast($min_gap as decimal(18, 4)) as min_gap
),

off_price as (
    select due.*, amount_due - billed_amount as gap
    from misbilled as due
    cross join limits
    where not after_end
        and (rated is not null or expected_amount is not null)
        and price_from = 'catalogue'
        and round(cast(abs(amount_due - billed_amount) as decimal(18, 4)) * to_base, 4) > min_gap
),

former as (
    select
        off_price.*,
        catalogue.monthly_price as stale_price,
        catalogue.effective_from as stale_since,
        catalogue.effective_until as price_ended,
        line_sums.unit_price as line_price,
        line_sums.discounts as line_discounts,
        line_sums.unit_price = line_sums.highest_unit_price as one_line_price
    from off_price
    join catalogue
        on catalogue.plan_key = lower(off_price.plan_tier)
        and catalogue.currency = off_price.currency
        and catalogue.effective_until < off_price.period_from
        and catalogue.monthly_price <> off_price.unit_price
    left join line_sums on line_sums.invoice_id = off_price.invoice_id
),

-- The lines say the price, which may have the discount in it; without them it is the one at which the invoice adds up to the cent.
found as (
    select *
    from former
    where case
        when one_line_price
            then line_price in (stale_price, stale_price * months)
                or discount_pct > 0
                    and line_discounts = 0
                    and abs(line_price - stale_price * months * (1 - discount_pct / 100)) <= 0.01
        else abs(
            rated_amount(stale_price, quantity, months, discount_pct, days, period_days, coalesce(overage, 0), minor_digits(currency))
                + credits - billed_amount
        ) <= case when minor_digits(currency) = 0 then 1 else 0.01 end
    end
    qualify row_number() over (partition by invoice_id order by price_ended desc, stale_price) = 1
)

select
    found.invoice_id,
    found.customer_id,
    round(cast(abs(found.gap) as decimal(18, 4)), 2) as amount,
    case when found.gap > 0 then 'lost' else 'owed_to_customer' end as money,
    found.currency,
    found.invoice_date as fact_date,
    coalesce(customers.customer_name, found.customer_id) as customer,
    found.plan_tier as plan,
    found.billed_amount as billed,
    found.amount_due as due,
    found.expected_amount,
    found.rated,
    found.credits,
    case when found.credits < 0 then -found.credits end as credited,
    rating_of(found) as rating,
    found.stale_price,
    found.stale_since,
    found.price_ended,
    found.unit_price,
    found.price_since,
    found.period_from,
    customers.region,
    customers.segment,
    lower(found.plan_tier) as plan_tier,
    case when found.gap > 0 then 'too little' else 'too much' end as direction,
    amount_band(abs(found.gap) * found.to_base) as amount_band
from found
left join customers on customers.customer_id = found.customer_id
order by found.invoice_id
