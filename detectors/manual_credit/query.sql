with limits as (
    select cast($min_amount as decimal(18, 4)) as min_amount
),

manual as (
    select
        *,
        nullif(lower(trim(issued_by)), '') as issuer,
        nullif(lower(trim(approved_by)), '') as approver
    from refunds
    where lower(trim(reason)) = 'manual_credit' or lower(trim(processor)) = 'manual'
),

-- The normal path is an approver who is not the issuer.
found as (
    select manual.*
    from manual
    cross join limits
    where round(amount * to_base, 4) >= min_amount
        and amount > 0
        and (approver is null or approver = issuer)
)

select
    found.refund_id,
    found.customer_id,
    round(found.amount, 2) as amount,
    found.currency,
    found.refund_date as fact_date,
    coalesce(customers.customer_name, found.customer_id) as customer,
    found.reason as stated_reason,
    found.processor as stated_processor,
    case when found.issuer is not null and found.approver is null then found.issued_by end as issued_alone,
    case when found.approver is null then 'No approver' end as no_approver,
    case when found.approver = found.issuer then found.approved_by end as approved_himself,
    found.note,
    payments.payment_id,
    payments.amount as payment_amount,
    payments.payment_date as paid_at,
    customers.region,
    customers.segment,
    customers.plan_tier,
    lower(trim(found.reason)) as reason,
    lower(trim(found.processor)) as processor,
    found.issuer as issued_by,
    case
        when found.amount * found.to_base < 500 then 'under 500'
        when found.amount * found.to_base < 1000 then '500 to 1000'
        when found.amount * found.to_base < 5000 then '1000 to 5000'
        else '5000 and more'
    end as amount_band,
    case
        when found.amount * found.to_base < 2 * limits.min_amount then 'up to twice the limit'
        when found.amount * found.to_base < 5 * limits.min_amount then 'up to 5 times the limit'
        else 'over 5 times the limit'
    end as margin
from found
cross join limits
left join customers on customers.customer_id = found.customer_id
left join payments
    on payments.payment_id = nullif(trim(found.linked_payment_id), '')
    and payments.currency = found.currency
order by found.refund_id
