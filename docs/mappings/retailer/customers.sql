with sales_in_order as (
    select
        -- Spreadsheets turn a number column with gaps into 17850.0.
        coalesce(regexp_replace(CustomerID, '\.0+$', ''), 'no-customer-id') as customer_id,
        Country as country,
        row_number() over () as position
    from sales
)
select
    customer_id,
    case when customer_id = 'no-customer-id' then 'no customer id' else 'Customer ' || customer_id end as customer_name,
    case when customer_id = 'no-customer-id' then 'various' else coalesce(arg_min(country, position), 'unknown') end as region,
    'retail' as plan_tier,
    'active' as status
from sales_in_order
group by customer_id
order by min(position)
