select
    customer_id,
    customer_name,
    region,
    coalesce(latest.plan_tier, 'starter') as plan_tier,
    case when latest.customer is null then 'prospect' when latest.until < today() then 'churned' else 'active' end as status,
    segment,
    coalesce(latest.begun, first_month()) - roll(customers.customer, 'known before', 60) as created_at
from customers
left join (
    select
        customer, min(start_date) as begun, max(until) as until, max_by(plan_tier, (until, start_date, row_number)) as plan_tier
    from rows join plan_names using (plan)
    group by customer
) latest on latest.customer = customers.customer
order by mixed(customers.customer, 'order')
