-- The refunds of the case in time order; the first of each group of equals is taken as the intended one.
select
    refund_id,
    customer_id,
    linked_payment_id,
    try_cast(refund_date as timestamp) as refunded_at,
    try_cast(amount as decimal(18, 4)) as refunded,
    reason,
    case when refund_id in {counted_refund_ids} then try_cast(amount as decimal(18, 4)) else 0 end as at_stake
from refunds
where refund_id in {refund_ids}
qualify row_number() over (partition by refund_id) = 1
order by refunded_at, refund_id
