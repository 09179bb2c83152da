-- The refunds of the payment in its currency, in the order of their dates, and what each takes beyond the payment. One that is a case of
-- its own, such as a repetition, is left out of the sum.
select
    refund_id as record,
    customer_id,
    dated,
    amount,
    reason,
    worth,
    sum(worth) over earlier as refunded_so_far,
    paid,
    case when refund_id in {counted_refund_ids} then least(worth, sum(worth) over earlier - paid) else 0 end as at_stake
from (
    select
        cast(refund_id as varchar) as refund_id,
        refunds.customer_id,
        try_cast(refund_date as timestamp) as dated,
        try_cast(amount as decimal(18, 4)) as amount,
        reason,
        cast(counted.worth as decimal(18, 4)) as worth,
        (select try_cast(amount as decimal(18, 4)) from payments where payment_id = {payment_id} limit 1) as paid
    from refunds
    join (
        select unnest(list_value{refund_ids}) as counted_id, unnest(list_value{counted_amounts}) as worth
    ) counted on counted.counted_id = cast(refunds.refund_id as varchar)
    qualify row_number() over (partition by refund_id) = 1
)
window earlier as (order by dated, refund_id rows unbounded preceding)
