select
    refund_id,
    customer_id,
    try_cast(refund_date as timestamp) as refunded_at,
    issued_by,
    approved_by,
    round(try_cast(amount as decimal(18, 4)), 2) as at_stake
from refunds
where refund_id = {refund_id}
limit 1
