-- The day's refunds that are no case of their own, and the forecast that is taken off.
-- Amounts in another currency than the case's come converted at the day's rate.
select
    cast(refund_id as varchar) as record,
    refunds.customer_id,
    region,
    try_cast(refund_date as timestamp) as refunded_at,
    try_cast(amount as decimal(18, 4)) as refunded,
    reason,
    coalesce(cast(converted.worth as decimal(18, 4)), try_cast(amount as decimal(18, 4))) as at_stake
from refunds
left join customers on customers.customer_id = refunds.customer_id
left join (
    select unnest(list_value{converted_ids}) as converted_id, unnest(list_value{converted_amounts}) as worth
) converted on converted.converted_id = cast(refunds.refund_id as varchar)
where refund_id in {refund_ids}
qualify row_number() over (partition by refund_id) = 1

union all

select 'forecast of the day', null, {region}, {date}, null, null, -cast({expected_worth} as decimal(18, 4))
