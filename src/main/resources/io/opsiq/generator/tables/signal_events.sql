select
    id('sig', number) as signal_id,
    happened_at as "timestamp",
    signal_type,
    severity,
    source,
    related_entity,
    cast(payload_json as varchar) as payload_json
from signals
order by mixed(number, 'order')
