-- Invoices whose lines bill fewer seats than are subscribed and whose amount lacks what these seats cost: to the rounding, or with more
-- missing beside it where the overage or the price on the lines says that the seats are a part of it. A line of one flat amount, or of
-- a quantity that is prorated itself, lacks no seats by its quantity alone.
with fewer as (
    select
        due.invoice_id,
        due.unit_price,
        due.quantity,
        due.months,
        due.discount_pct,
        due.days,
        due.period_days,
        minor_digits(due.currency) as digits,
        amount_due - billed_amount as gap,
        line_sums.quantity as line_quantity,
        case when line_sums.unit_price = line_sums.highest_unit_price then line_sums.unit_price end as line_price,
        cast(case when due.rated is null then line_sums.usage else coalesce(due.overage, 0) / 100000000.0 end as decimal(18, 4)) as extra,
        amount_due - due.credits as before_credits
    from misbilled as due
    join line_sums on line_sums.invoice_id = due.invoice_id
    where not after_end
        and amount_due > billed_amount
        and (line_sums.subscription_lines > 0 or due.days < due.period_days)
        and line_sums.lines_without_quantity = 0
        and line_sums.quantity < due.quantity
        and line_sums.quantity >= 0
),

readings as (
    select *, line_quantity as billed_quantity
    from fewer

    union all

    select *, cast(round(cast(line_quantity as double) * period_days / days, 2) as decimal(18, 4))
    from fewer
    where days between 1 and period_days - 1
),

priced as (
    select
        *,
        quantity - billed_quantity as seats,
        rated_amount(unit_price, quantity - billed_quantity, months, discount_pct, days, period_days, 0, digits) as by_rating,
        cast(cast(before_credits - extra as double) * cast(quantity - billed_quantity as double) / cast(quantity as double) as decimal(18, 4))
            as by_share
    from readings
    where billed_quantity < quantity
),

compared as (
    select
        *,
        case when abs(gap - by_share) < coalesce(abs(gap - by_rating), gap) then by_share else by_rating end as worth
    from priced
),

judged as (
    select
        *,
        greatest(case when digits = 0 then 2 else 0.05 end, worth * 0.01) as tolerance,
        coalesce(abs(line_price - unit_price * months) <= 0.01, false) as at_full_price
    from compared
    where worth > 0
)

select
    invoice_id,
    billed_quantity,
    seats,
    cast(case when digits = 0 then round(worth) else round(worth, 2) end as decimal(18, 4)) as worth,
    abs(gap - worth) > tolerance as more_is_missing,
    at_full_price
from judged
where abs(gap - worth) <= tolerance
    or abs(gap - worth - extra) <= tolerance
    or gap > worth and at_full_price
qualify row_number() over (partition by invoice_id order by abs(gap - worth), billed_quantity) = 1
