-- The same amount for the same reason within three days: whole refunds, or parts. Sometimes three.
create table picked as
select
    *,
    case when roll(payment, 'whole', 2) = 0 then amount else rounded(amount * (15 + roll(payment, 'part', 30)) / 100, cents) end as refunded,
    paid_at + to_days(2 + roll(payment, 'refunded', 20)) as first_at,
    case roll(payment, 'apart', 3) when 0 then to_minutes(1 + roll(payment, 'minutes', 50)) when 1 then to_hours(2 + roll(payment, 'hours', 60))
        else to_minutes(71 * 60 + roll(payment, 'just within', 55)) end as apart,
    case when roll(payment, 'three', 10) = 0 then 3 else 2 end as times
from refundable
where lot between 1700 and 2399 and paid_at < now() - interval 33 day
qualify row_number() over (order by mixed(payment, 'duplicate_refund')) <= wanted(count(*) over (), 22, 8);

insert into refunds
select
    another(payment, 10 * place), customer, first_at + apart * place, refunded,
    one_of(['service_issue', 'billing_error', 'goodwill'], payment, 'reason'), processor, payment, currency, rate, region,
    case when roll(payment, 'by hand', 2) = 0 then person(payment, 'issuer') end,
    case when roll(payment, 'by hand', 2) = 0 then other_person(payment, 'approver', person(payment, 'issuer')) end, null, 'duplicate'
from picked cross join range(3) as places (place)
where place < times;

insert into facts
select
    'duplicate_refund',
    json_object('refund_ids', list_transform(range(times), lambda place : refund_id(another(payment, 10 * place))), 'customer_id', customer_id(customer)),
    refunded * (times - 1), currency, 'lost', 'planted',
    case when roll(payment, 'apart', 3) = 2 then 'just within three days' else 'soon' end || case refunded when amount then ', whole' else ', in part' end
from picked;

-- Without a payment: the same customer, amount and reason within two hours.
create or replace table picked as
select
    *, paid_at + to_days(2 + roll(payment, 'refunded', 20)) as first_at, round((20 + roll(payment, 'credit', 150)) / rate) as refunded,
    case roll(payment, 'apart', 2) when 0 then to_minutes(1 + roll(payment, 'minutes', 50)) else to_minutes(90 + roll(payment, 'just within', 29)) end as apart
from refundable
where lot between 2400 and 2699 and paid_at < now() - interval 33 day
qualify row_number() over (order by mixed(payment, 'duplicate credit')) <= wanted(count(*) over (), 15, 3)
    and row_number() over (partition by customer order by payment) = 1;

insert into refunds
select
    another(payment, 10 * place), customer, first_at + apart * place, refunded, 'goodwill', processor, null, currency, rate, region, null, null, null, 'duplicate'
from picked cross join range(2) as places (place);

insert into facts
select
    'duplicate_refund', json_object('refund_ids', [refund_id(payment), refund_id(another(payment, 10))], 'customer_id', customer_id(customer)),
    refunded, currency, 'lost', 'planted', 'without a payment'
from picked;

-- Equal parts for different reasons; equal parts that are four days apart; credits hours apart; the refunds of two months together.
create or replace table picked as
select
    *, paid_at + to_days(2 + roll(payment, 'refunded', 20)) as first_at,
    roll(payment, 'alike', 3) as kind,
    rounded(amount * (10 + roll(payment, 'part', 35)) / 100, cents) as refunded
from refundable
where lot between 2700 and 3199 and paid_at < now() - interval 33 day and amount * rate > 5
qualify row_number() over (order by mixed(payment, 'alike refunds')) <= wanted(count(*) over (), 22, 6)
    and row_number() over (partition by customer order by payment) = 1;

insert into refunds
select
    another(payment, 10 * place), customer,
    first_at + case kind when 0 then to_hours(5) when 1 then to_minutes(72 * 60 + 10 + roll(payment, 'just past', 1500)) else to_minutes(125 + roll(payment, 'past', 200)) end * place,
    refunded,
    case when kind = 0 and place = 1 then 'downgrade' else 'service_issue' end,
    processor, case when kind < 2 then payment end, currency, rate, region, null, null, null, 'alike'
from picked cross join range(2) as places (place);

insert into look_alikes
select
    ['equal parts for two reasons', 'equal parts, more than three days apart', 'equal credits, more than two hours apart'][kind + 1],
    unnest(['duplicate_refund', 'refund_exceeds_payment']),
    json_object('refund_ids', [refund_id(payment), refund_id(another(payment, 10))], 'customer_id', customer_id(customer))
from picked;

create or replace table picked as
select
    first.customer, first.payment, next.payment as next_payment, first.amount, first.currency, first.rate, first.region, first.processor,
    greatest(first.paid_at, next.paid_at) + to_days(3) as refunded_at
from refundable as first
join asked as first_asked using (bill)
join asked as next_asked on next_asked.bill = first_asked.bill + 1
join refundable as next on next.bill = next_asked.bill and next.amount = first.amount
where first.lot between 5000 and 5999 and next.lot >= 5000
qualify row_number() over (order by mixed(first.payment, 'two months')) <= wanted(count(*) over (), 10, 3)
    and row_number() over (partition by first.customer order by first.payment) = 1;

delete from picked where refunded_at > now();

insert into refunds
select
    unnest([payment, next_payment]), customer, refunded_at + to_minutes(unnest([0, 2])), amount, 'cancelled', processor, unnest([payment, next_payment]),
    currency, rate, region, null, null, null, 'two months'
from picked;

insert into look_alikes
select 'the payments of two months refunded together', unnest(['duplicate_refund', 'refund_spike']),
    json_object('refund_ids', [refund_id(payment), refund_id(next_payment)], 'customer_id', customer_id(customer))
from picked;

drop table picked;
