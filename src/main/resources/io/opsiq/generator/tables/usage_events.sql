select
    id('evt', event) as event_id,
    customer_id(customer) as customer_id,
    event_time,
    units as usage_units,
    feature as feature_type
from usage_events
order by mixed(event, 'order')
