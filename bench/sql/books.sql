-- Books of 24 months in ${books}: ${invoices} invoices and what belongs to them, as ${format} files.
-- Nothing is random: what varies is rolled from the row's number, so one engine version always makes the same books.

create macro roll(number, die, sides) as (hash(number, die) % sides)::integer;

create macro id(letters, number) as letters || lpad(number::varchar, 9, '0');

create table plan_prices (plan_no integer, plan_tier varchar, price decimal(12, 2));

insert into plan_prices values (0, 'starter', 49), (1, 'pro', 199), (2, 'business', 299), (3, 'enterprise', 499);

create table customers as
select
    c as number,
    id('C', c) as customer_id,
    'Customer ' || c as customer_name,
    ['NA', 'NA', 'NA', 'EMEA', 'EMEA', 'APAC', 'LATAM'][1 + roll(c, 'region', 7)] as region,
    case when roll(c, 'plan', 10) < 5 then 0 when roll(c, 'plan', 10) < 8 then 1 when roll(c, 'plan', 10) < 9 then 2 else 3 end as plan_no,
    ['retail', 'finance', 'software', 'health', 'media'][1 + roll(c, 'segment', 5)] as segment,
    timestamp '2022-01-01' + to_hours(roll(c, 'created', 15000)) as created_at,
    -- One customer of twenty moves to another plan in the course of the books.
    case when roll(c, 'moves', 20) = 0 then 1 + roll(c, 'moved', 23) end as moves_in_month
from range(greatest(${invoices} // 24, 1)) as customers (c);

create table subscriptions as
with rows as (
    select number, customer_id, plan_no, created_at::date as start_date, moves_in_month, 0 as place
    from customers
    union all
    select number, customer_id, (plan_no + 1) % 4, (date '2024-01-01' + to_months(moves_in_month))::date, null, 1
    from customers
    where moves_in_month is not null
)
select
    id('S', number * 2 + place) as subscription_id,
    customer_id,
    plan_tier,
    start_date,
    price as monthly_price,
    case when moves_in_month is null then 'active' else 'cancelled' end as billing_status,
    (date '2024-01-01' + to_months(moves_in_month))::date - 1 as end_date,
    1 as quantity,
    'monthly' as billing_period,
    'USD' as currency
from rows
join plan_prices using (plan_no)
order by number, place;

-- About one invoice in two thousand bills a fifth too little, one in three thousand bills another plan.
create table invoices as
with due as (
    select
        i as number,
        c.customer_id,
        (date '2024-01-01' + to_months((i // customer_count)::integer))::date as period_start,
        id('S', c.number * 2 + coalesce(i // customer_count >= c.moves_in_month, false)::integer) as subscription_id,
        (c.plan_no + coalesce(i // customer_count >= c.moves_in_month, false)::integer) % 4 as plan_no,
        roll(i, 'underbilled', 2000) = 0 as underbilled,
        roll(i, 'mismatched', 3000) = 0 as mismatched
    from range(${invoices}) as numbers (i)
    cross join (select count(*) as customer_count from customers)
    join customers as c on c.number = i % customer_count
)
select
    number,
    id('INV', number) as invoice_id,
    customer_id,
    period_start + to_hours(8 + roll(number, 'hour', 10)) + to_seconds(roll(number, 'second', 3600)) as invoice_date,
    case when mismatched then other.price when underbilled then round(due_plan.price * 0.8, 2) else due_plan.price end
        ::decimal(12, 2) as billed_amount,
    due_plan.price as expected_amount,
    case when mismatched then other.plan_tier else due_plan.plan_tier end as plan_tier_billed,
    case when roll(number, 'status', 100) = 0 then 'void' when roll(number, 'status', 100) < 4 then 'open' else 'paid' end as status,
    subscription_id,
    period_start,
    last_day(period_start) as period_end,
    period_start + 30 as due_date,
    'USD' as currency
from due
join plan_prices as due_plan using (plan_no)
join plan_prices as other on other.plan_no = (due.plan_no + 3) % 4
order by number;

-- A payment for each invoice that asks for money; the open ones failed.
create table payments as
select
    number,
    id('PAY', number) as payment_id,
    invoice_id,
    customer_id,
    invoice_date + to_hours(roll(number, 'pays', 200)) as payment_date,
    billed_amount as amount,
    ['stripe', 'stripe', 'adyen', 'paypal'][1 + roll(number, 'processor', 4)] as payment_processor,
    case when status = 'open' then 'failed' else 'completed' end as status,
    currency
from invoices
where status <> 'void'
order by number;

-- Three payments of a hundred are refunded, a few of them twice; two days are spikes.
create table refunds as
with refundable as (
    select payments.*, customers.region
    from payments
    join customers using (customer_id)
    where status = 'completed'
),
reasons as (
    select ['service_issue', 'billing_error', 'downgrade', 'cancelled', 'goodwill'] as reason
),
ordinary as (
    select number, 0 as place, customer_id, payment_id, payment_processor,
        payment_date + to_hours(24 + roll(number, 'refunded', 400)) as refund_date,
        round(amount * (10 + roll(number, 'share', 80)) / 100, 2)::decimal(12, 2) as amount,
        reason[1 + roll(number, 'reason', 5)] as reason
    from refundable
    cross join reasons
    where roll(number, 'refund', 100) < 3
),
twice as (
    select number, 1, customer_id, payment_id, payment_processor, refund_date + to_minutes(5 + roll(number, 'later', 600)), amount, reason
    from ordinary
    where roll(number, 'twice', 200) = 0
),
spikes as (
    select number, 2, customer_id, payment_id, payment_processor,
        spike_day + to_minutes(roll(number, 'minute', 1440)), round(amount / 2, 2)::decimal(12, 2), 'outage'
    from refundable
    join (values ('EMEA', date '2025-03-01', timestamp '2025-03-19'), ('APAC', date '2025-08-01', timestamp '2025-08-13'))
        as spike (region, spike_month, spike_day) using (region)
    where roll(number, 'refund', 100) >= 3 and roll(number, 'spike', 100) = 0
        and payment_date >= spike_month and payment_date < spike_day
),
-- About one payment in ten thousand is followed by a large credit by hand, which names no payment.
by_hand as (
    select number, 3, customer_id, null, 'manual', payment_date + to_hours(24 + roll(number, 'credited', 400)),
        (200 + roll(number, 'credit', 400))::decimal(12, 2), 'manual_credit'
    from refundable
    where roll(number, 'by hand', 10000) = 0
),
refunds as (
    from ordinary
    union all from twice
    union all from spikes
    union all from by_hand
)
select
    id('REF', number * 4 + place) as refund_id,
    customer_id,
    refund_date,
    amount,
    reason,
    payment_processor as processor,
    payment_id as linked_payment_id,
    'USD' as currency
from refunds
order by refund_date, refund_id;

create table usage_events as
select
    id('EVT', i) as event_id,
    customer_id,
    timestamp '2024-01-01' + to_seconds((i * 730.0 * 86400 / ${invoices})::bigint) as event_time,
    1 + roll(i, 'units', 500) as usage_units,
    ['api_calls', 'storage_gb', 'seats'][1 + roll(i, 'feature', 3)] as feature_type
from range(${invoices}) as numbers (i)
cross join (select count(*) as customer_count from customers)
join customers on customers.number = roll(i, 'user', customer_count)
order by i;

create table signal_events as
select
    id('SIG', i) as signal_id,
    timestamp '2025-12-01' + to_hours(i * 14) as "timestamp",
    ['anomaly_alert', 'metric_drift', 'slo_breach'][1 + roll(i, 'type', 3)] as signal_type,
    ['low', 'medium', 'high'][1 + roll(i, 'severity', 3)] as severity,
    ['datadog', 'lightdash', 'internal'][1 + roll(i, 'source', 3)] as source,
    ['refunds', 'revenue', 'payments'][1 + roll(i, 'entity', 3)] as related_entity,
    '{"value": ' || roll(i, 'value', 1000) || '}' as payload_json
from range(50) as numbers (i);

copy (
    select customer_id, customer_name, region, plan_tier, 'active' as status, segment, created_at
    from customers join plan_prices using (plan_no)
    order by number
) to '${books}/customers.${format}';

copy subscriptions to '${books}/subscriptions.${format}';

copy (select * exclude (number) from invoices order by number) to '${books}/invoices.${format}';

copy (select * exclude (number) from payments order by number) to '${books}/payments.${format}';

copy refunds to '${books}/refunds.${format}';

copy usage_events to '${books}/usage_events.${format}';

copy signal_events to '${books}/signal_events.${format}';
