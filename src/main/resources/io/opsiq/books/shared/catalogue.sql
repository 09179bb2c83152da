-- The price list: each price of a plan in a currency until its end or the day before the next one begins.
select
    lower(plan_tier) as plan_key,
    currency,
    monthly_price,
    effective_from,
    least(
        coalesce(effective_to, date '9999-12-30'),
        coalesce(lead(effective_from) over later - 1, date '9999-12-30')
    ) as effective_until,
    -- Wide, so that its product with a quantity is.
    cast(coalesce(included_units, 0) as decimal(20, 4)) as included_units,
    overage_unit_price,
    lower(metered_feature) as metered_feature
from plans
where plan_tier is not null and effective_from is not null and monthly_price >= 0
window later as (
    partition by lower(plan_tier), currency
    order by effective_from, monthly_price, overage_unit_price, metered_feature
)
