with limits as (
    select cast($min_gap as decimal(18, 4)) as min_gap
),

after_discount as (
    select due.*, amount_due - billed_amount as gap
    from misbilled as due
    cross join limits
    where not after_end
        and agreed_discount_pct > 0
        and period_from > discount_end_date
        and amount_due > billed_amount
        and round(cast(amount_due - billed_amount as decimal(18, 4)) * to_base, 4) > min_gap
),

judged as (
    select
        after_discount.*,
        case when line_sums.discounts < 0 then -line_sums.discounts end as line_discount,
        case
            when line_sums.discounts < 0 then false
            else abs(
                rated_amount(
                    after_discount.unit_price, after_discount.quantity, months, agreed_discount_pct, days, period_days, coalesce(overage, 0), minor_digits(currency)
                ) + after_discount.credits - billed_amount
            ) <= case when minor_digits(currency) = 0 then 1 else 0.01 end
        end as fits
    from after_discount
    left join line_sums on line_sums.invoice_id = after_discount.invoice_id
),

-- A line that takes off less than the old discount did is another deduction.
found as (
    select *, cast(least(coalesce(line_discount, gap), gap) as decimal(18, 4)) as taken_off
    from judged
    where line_discount is null
            and coalesce(fits, false)
            -- Lines at the full price of fewer seats say what is missing, whatever the amount may fit.
            and invoice_id not in (select invoice_id from missing_seats where at_full_price and not more_is_missing)
        or line_discount + case when minor_digits(currency) = 0 then 1 else 0.05 end
            >= (least(rated, expected_amount) - coalesce(cast(overage as double), 0) / 100000000) * agreed_discount_pct / 100
)

select
    found.invoice_id,
    found.customer_id,
    round(found.taken_off, 2) as amount,
    found.taken_off,
    found.currency,
    found.invoice_date as fact_date,
    coalesce(customers.customer_name, found.customer_id) as customer,
    found.billed_amount as billed,
    found.amount_due as due,
    found.expected_amount,
    found.rated,
    found.credits,
    case when found.credits < 0 then -found.credits end as credited,
    case when found.rated is not null then rating_of(found) end as rating,
    shown_number(found.agreed_discount_pct) as discount,
    found.discount_end_date,
    found.period_from,
    cast(found.period_from - found.discount_end_date as integer) as days_late,
    found.line_discount,
    case when found.line_discount is null then 'no discount line' end as no_discount_line,
    customers.region,
    customers.segment,
    lower(found.plan_tier) as plan_tier,
    case
        when found.period_from - found.discount_end_date <= 31 then 'the first month after'
        when found.period_from - found.discount_end_date <= 92 then 'up to three months after'
        else 'later'
    end as margin,
    amount_band(found.taken_off * found.to_base) as amount_band
from found
left join customers on customers.customer_id = found.customer_id
order by found.invoice_id
