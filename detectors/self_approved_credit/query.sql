with limits as (
    select cast($min_amount as decimal(18, 4)) as min_amount
),

found as (
    select refunds.*, lower(trim(issued_by)) as issuer
    from refunds
    cross join limits
    where amount > 0
        and nullif(trim(issued_by), '') is not null
        and lower(trim(issued_by)) = lower(trim(approved_by))
        and round(amount * to_base, 4) > min_amount
        and lower(trim(issued_by)) not in (
            'system', 'auto', 'automatic', 'automated', 'automation', 'api', 'batch', 'bot', 'job', 'scheduler', 'script', 'service'
        )
        and lower(trim(issued_by)) <> coalesce(lower(trim(processor)), '')
),

habits as (
    select issuer, currency, count(*) as times, cast(sum(amount) as decimal(18, 4)) as together
    from found
    group by issuer, currency
)

select
    found.refund_id,
    found.customer_id,
    round(found.amount, 2) as amount,
    found.currency,
    found.refund_date as fact_date,
    coalesce(customers.customer_name, found.customer_id) as customer,
    trim(found.issued_by) as person,
    found.reason as stated_reason,
    case when habits.times > 1 then habits.times end as times,
    habits.together,
    found.note,
    customers.region,
    customers.segment,
    customers.plan_tier,
    lower(trim(found.reason)) as reason,
    lower(trim(found.processor)) as processor,
    found.issuer as issued_by,
    amount_band(found.amount * found.to_base) as amount_band,
    case when habits.times = 1 then 'once' when habits.times < 5 then 'a few times' else 'a habit' end as margin
from found
join habits on habits.issuer = found.issuer and habits.currency = found.currency
left join customers on customers.customer_id = found.customer_id
order by found.refund_id
