with lost as (
    select
        payment_id,
        currency,
        list(dispute_id order by opened_at, dispute_id) as dispute_ids,
        min(opened_at) as opened_at,
        sum(amount) as disputed,
        min(to_base) as to_base
    from disputes
    where status = 'lost' and amount > 0 and nullif(trim(payment_id), '') is not null
    group by payment_id, currency
),

-- In the refund's currency; without a rate two currencies are not compared.
set_against as (
    select
        refunds.*,
        lost.dispute_ids,
        lost.opened_at,
        case
            when lost.currency = refunds.currency then lost.disputed
            else cast(cast(lost.disputed as double) * lost.to_base / refunds.to_base as decimal(18, 4))
        end as disputed,
        coalesce(
            sum(refunds.amount) over (
                partition by refunds.linked_payment_id, lost.currency
                order by refunds.refund_date, refunds.refund_id
                rows between unbounded preceding and 1 preceding
            ),
            0
        ) as before
    from refunds
    join lost on lost.payment_id = refunds.linked_payment_id
    where refunds.amount > 0
        and (
            lost.currency = refunds.currency
            or (select count(distinct currency) from daily_rates where currency in (lost.currency, refunds.currency)) = 2
        )
),

found as (
    select *, cast(least(amount, disputed - before) as decimal(18, 4)) as twice
    from set_against
    where disputed > before
    qualify row_number() over (partition by refund_id order by disputed desc) = 1
)

select
    found.linked_payment_id as payment_id,
    found.refund_id,
    found.dispute_ids,
    found.customer_id,
    round(found.twice, 2) as amount,
    found.currency,
    found.refund_date as fact_date,
    coalesce(customers.customer_name, found.customer_id) as customer,
    found.amount as refunded,
    found.disputed,
    found.opened_at,
    case when found.refund_date < found.opened_at then 'The refund' else 'The dispute' end as came_first,
    lower(trim(found.reason)) as reason,
    lower(trim(found.processor)) as processor,
    lower(trim(found.issued_by)) as issued_by,
    found.note,
    customers.region,
    customers.segment,
    customers.plan_tier,
    amount_band(found.twice * found.to_base) as amount_band
from found
left join customers on customers.customer_id = found.customer_id
order by found.refund_id
