select
    subscription_id,
    customer_id(customer) as customer_id,
    plan_tier,
    start_date,
    monthly_price,
    billing_status,
    end_date,
    quantity,
    billing as billing_period,
    trial_end_date,
    case when discount_pct > 0 then discount_pct end as discount_pct,
    discount_end_date,
    price_locked_until,
    currency
from rows
join plan_names using (plan)
order by mixed(row_number, 'order')
