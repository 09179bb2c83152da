-- The day's failed payments and the forecast that is taken off. Amounts in another currency than the case's come converted at
-- the day's rate.
select
    cast(payment_id as varchar) as record,
    cast(invoice_id as varchar) as invoice_id,
    payment_processor,
    try_cast(payment_date as timestamp) as tried_at,
    try_cast(amount as decimal(18, 4)) as failed_amount,
    coalesce(cast(converted.worth as decimal(18, 4)), try_cast(amount as decimal(18, 4))) as at_stake
from payments
left join (
    select unnest(list_value{converted_ids}) as converted_id, unnest(list_value{converted_amounts}) as worth
) converted on converted.converted_id = cast(payment_id as varchar)
where payment_id in {payment_ids}
qualify row_number() over (partition by payment_id) = 1

union all

select 'forecast of the day', null, {payment_processor}, {date}, null, -cast({expected_worth} as decimal(18, 4))
