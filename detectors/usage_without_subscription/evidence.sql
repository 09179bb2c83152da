-- The customer's usage from the first day on that no subscription covers.
select
    {customer_id} as customer_id,
    count(*) as events,
    sum(try_cast(usage_units as decimal(18, 4))) as units,
    min(try_cast(event_time as timestamp)) as first_at,
    max(try_cast(event_time as timestamp)) as last_at,
    {unit_price} as unit_price,
    cast({amount} as decimal(18, 4)) as at_stake
from usage_events
where customer_id = {customer_id}
    and try_cast(event_time as timestamp) >= {first_day}
    and try_cast(usage_units as decimal(18, 4)) <> 0
