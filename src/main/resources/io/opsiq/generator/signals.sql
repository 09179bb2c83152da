create table signals as
select
    number,
    now() - to_hours(3 + roll(number, 'hours before', months_wanted() * 700)) as happened_at,
    one_of(['anomaly_alert', 'metric_drift', 'slo_breach', 'billing_exception', 'support_tickets'], number, 'type') as signal_type,
    one_of(['low', 'low', 'medium', 'medium', 'high'], number, 'severity') as severity,
    one_of(['datadog', 'lightdash', 'internal'], number, 'source') as source,
    one_of(['refunds', 'revenue', 'payments', 'invoices', 'usage_events'], number, 'entity') as related_entity,
    json_object('value', roll(number, 'value', 1000), 'threshold', 400 + roll(number, 'threshold', 300)) as payload_json
from range(10 + months_wanted() * 4) as numbers (number);
