select
    invoice_id(bills.bill) as invoice_id,
    customer_id(bills.customer) as customer_id,
    bills.invoiced_at as invoice_date,
    asked.billed as billed_amount,
    case when bills.status <> 'void' then expected end as expected_amount,
    plan_tier as plan_tier_billed,
    asked.status as status,
    case when names_subscription then subscription_id(row_number) end as subscription_id,
    first_day as period_start,
    last_day as period_end,
    case when bills.terms_days is not null then asked.due_day end as due_date,
    bills.currency
from bills
join asked using (bill)
join plan_names on plan_names.plan = billed_plan
order by mixed(bills.bill, 'order')
