-- The credits in the order of their dates. One that is a case of its own, such as one that its issuer approved, is left out of the sum.
select
    refund_id,
    customer_id,
    try_cast(refund_date as timestamp) as refunded_at,
    reason,
    processor,
    try_cast(amount as decimal(18, 4)) as refunded,
    case when refund_id in {counted_refund_ids} then try_cast(amount as decimal(18, 4)) else 0 end as at_stake
from refunds
where refund_id in {refund_ids}
qualify row_number() over (partition by refund_id) = 1
order by refunded_at, refund_id
