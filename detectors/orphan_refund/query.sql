with limits as (
    select cast($pending_days as integer) as pending_days
),

linked as (
    select
        refunds.*,
        payments.payment_id as known_id,
        payments.customer_id as payer,
        payments.payment_date as paid_at,
        payments.status as payment_status,
        case
            when payments.payment_id is null then 'missing'
            when payments.status = 'failed' then 'failed'
            when payments.customer_id <> refunds.customer_id then 'of another customer'
            when payments.status = 'pending'
                and clock.now > payments.payment_date + to_days(limits.pending_days)
                then 'pending'
        end as kind
    from refunds
    cross join limits
    cross join clock
    left join payments on payments.payment_id = refunds.linked_payment_id
    where refunds.amount > 0
        and nullif(trim(refunds.linked_payment_id), '') is not null
        and refunds.refund_date >= (select min(payment_date) from payments)
        and refunds.linked_payment_id not in (
            select payment_id from set_aside.payments where payment_id is not null
        )
),

-- Where most payments are missing, the export is.
completeness as (
    select
        count(*) >= 20 and count(*) filter (where kind = 'missing') * 2 > count(*)
            or count(*) >= 3 and count(*) filter (where kind = 'missing') = count(*) as payments_incomplete
    from linked
),

found as (
    select linked.*
    from linked
    cross join completeness
    where kind is not null and not (kind = 'missing' and payments_incomplete)
)

select
    found.refund_id,
    found.linked_payment_id as payment_id,
    found.customer_id,
    round(found.amount, 2) as amount,
    found.currency,
    found.refund_date as fact_date,
    coalesce(customers.customer_name, found.customer_id) as customer,
    case found.kind
        when 'missing' then 'the books do not have'
        when 'failed' then 'failed'
        when 'pending' then 'is still pending'
        else 'another customer made'
    end as what_it_is,
    case when found.kind = 'missing' then 'Payment ' || found.linked_payment_id end as missing_payment,
    case when found.kind = 'failed' then found.linked_payment_id end as failed_payment,
    case when found.kind = 'pending' then found.linked_payment_id end as pending_payment,
    cast(cast(clock.now as date) - cast(found.paid_at as date) as integer) as pending_for,
    case when found.kind = 'of another customer' then found.linked_payment_id end as payment_of_other,
    found.payer as other_customer,
    found.paid_at,
    lower(trim(found.reason)) as reason,
    lower(trim(found.processor)) as processor,
    lower(trim(found.issued_by)) as issued_by,
    found.note,
    found.kind,
    customers.region,
    customers.segment,
    customers.plan_tier,
    amount_band(found.amount * found.to_base) as amount_band
from found
cross join clock
left join customers on customers.customer_id = found.customer_id
order by found.refund_id
