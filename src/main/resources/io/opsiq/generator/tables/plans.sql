select
    plan_tier,
    prices.price as monthly_price,
    valid_from as effective_from,
    case when valid_to < date '9999-12-31' then valid_to end as effective_to,
    currency,
    prices.included as included_units,
    prices.overage_price as overage_unit_price,
    prices.feature as metered_feature
from prices
join plan_names using (plan)
where currency in (select currency from rows) or currency = 'USD'
order by mixed(epoch(valid_from), plan_tier || currency)
