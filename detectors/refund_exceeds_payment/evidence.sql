-- The refunds of the payment in its currency, less the payment.
select
    cast(refund_id as varchar) as record,
    refunds.customer_id,
    try_cast(refund_date as timestamp) as dated,
    try_cast(amount as decimal(18, 4)) as amount,
    reason,
    cast(counted.worth as decimal(18, 4)) as at_stake
from refunds
join (
    select unnest(list_value{refund_ids}) as counted_id, unnest(list_value{counted_amounts}) as worth
) counted on counted.counted_id = cast(refunds.refund_id as varchar)
qualify row_number() over (partition by refund_id) = 1

union all

(
    select
        'payment ' || payment_id,
        customer_id,
        try_cast(payment_date as timestamp),
        try_cast(amount as decimal(18, 4)),
        null,
        -try_cast(amount as decimal(18, 4))
    from payments
    where payment_id = {payment_id}
    limit 1
)
