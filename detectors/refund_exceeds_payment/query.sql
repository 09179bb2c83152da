with limits as (
    select cast($tolerance as decimal(18, 4)) as tolerance
),

-- A refund in another currency counts at the rate of its own day, and where it is judged at that of the payment's day too, if lower.
given as (
    select
        refunds.*,
        payments.payment_id,
        payments.amount as payment_amount,
        payments.currency as payment_currency,
        payments.to_base as payment_to_base,
        payments.payment_date as paid_at,
        refunds.currency <> payments.currency as converted,
        case
            when refunds.currency = payments.currency then 1
            when at_payment.to_base is not null then at_refund.to_base / paid_currency.to_base
        end as rate,
        least(rate, case when converted then at_payment.to_base / payments.to_base end) as lower_rate,
        cast(refunds.amount * rate as decimal(18, 4)) as counted,
        cast(refunds.amount * lower_rate as decimal(18, 4)) as surely
    from refunds
    join payments on payments.payment_id = refunds.linked_payment_id
    left join daily_rates as at_refund
        on at_refund.currency = refunds.currency and at_refund.day = cast(refunds.refund_date as date)
    left join daily_rates as at_payment
        on at_payment.currency = refunds.currency and at_payment.day = cast(payments.payment_date as date)
    left join daily_rates as paid_currency
        on paid_currency.currency = payments.currency and paid_currency.day = cast(refunds.refund_date as date)
    where refunds.amount > 0
        and payments.status = 'completed'
        and lower(trim(coalesce(refunds.reason, ''))) <> 'manual_credit'
        and lower(trim(coalesce(refunds.processor, ''))) <> 'manual'
),

added_up as (
    select
        given.*,
        sum(counted) over (partition by payment_id order by refund_date, refund_id rows unbounded preceding) as so_far
    from given
    where counted is not null
),

found as (
    select
        payment_id,
        list(refund_id order by refund_date, refund_id) as refund_ids,
        list(refund_id order by refund_date, refund_id) filter (where so_far > payment_amount) as counted_refund_ids,
        coalesce(list(refund_id order by refund_date, refund_id) filter (where converted), []) as converted_ids,
        list(cast(counted as varchar) order by refund_date, refund_id) as counted_amounts,
        cast(sum(counted) as decimal(18, 4)) as refunded,
        min(payment_amount) as payment_amount,
        min(payment_currency) as currency,
        min(payment_to_base) as to_base,
        min(paid_at) as paid_at,
        min(refund_date) filter (where so_far > payment_amount) as excess_at,
        min_by(refund_id, (refund_date, refund_id)) filter (where so_far > payment_amount) as first_excess,
        min_by(customer_id, (refund_date, refund_id)) as customer_id,
        lower(min_by(reason, (refund_date, refund_id)) filter (where so_far > payment_amount)) as reason,
        lower(min_by(processor, (refund_date, refund_id)) filter (where so_far > payment_amount)) as processor,
        lower(min_by(issued_by, (refund_date, refund_id)) filter (where so_far > payment_amount)) as issued_by,
        count(*) as refunds
    from added_up
    group by payment_id
    having round(cast(sum(surely) - min(payment_amount) as decimal(18, 4)) * min(payment_to_base), 4) > (select tolerance from limits)
)

select
    found.payment_id,
    found.refund_ids,
    found.counted_refund_ids,
    found.counted_amounts,
    found.customer_id,
    round(cast(found.refunded - found.payment_amount as decimal(18, 4)), 2) as amount,
    found.currency,
    found.excess_at as fact_date,
    coalesce(customers.customer_name, found.customer_id) as customer,
    found.payment_amount,
    found.refunded,
    found.paid_at,
    found.first_excess,
    case when len(found.converted_ids) > 0 then found.converted_ids end as converted_ids,
    found.reason,
    found.processor,
    found.issued_by,
    customers.region,
    customers.segment,
    customers.plan_tier,
    amount_band((found.refunded - found.payment_amount) * found.to_base) as amount_band,
    case when found.refunds = 1 then 'one refund' when found.refunds = 2 then 'two refunds' else 'more refunds' end as margin
from found
left join customers on customers.customer_id = found.customer_id
order by found.payment_id
