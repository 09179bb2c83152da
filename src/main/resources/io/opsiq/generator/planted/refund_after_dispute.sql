-- The dispute took the money, and so did a refund: before it or after it, whole or in part.
create table picked as
select *, cast(paid_at as timestamp) + to_days(8 + roll(payment, 'disputed', 20)) as opened_at,
    case roll(payment, 'refunded share', 3) when 0 then rounded(amount * 0.4, cents) else amount end as refunded,
    'lost' as outcome
from refundable
where lot between 300 and 999 and paid_at < now() - interval 40 day
qualify row_number() over (order by mixed(payment, 'refund_after_dispute')) <= wanted(count(*) over (), 14, 5);

-- Disputes that were won, or are still open, took nothing.
insert into picked
select *, cast(paid_at as timestamp) + to_days(8 + roll(payment, 'disputed', 20)),
    case roll(payment, 'refunded share', 3) when 0 then rounded(amount * 0.4, cents) else amount end,
    one_of(['won', 'open'], payment, 'outcome')
from refundable
where lot between 1000 and 1699 and paid_at < now() - interval 40 day
qualify row_number() over (order by mixed(payment, 'refund and dispute')) <= wanted(count(*) over (), 14, 4);

insert into disputes
select payment, payment, customer, opened_at, amount, outcome, one_of(['fraudulent', 'product_not_received', 'duplicate'], payment, 'dispute'), currency
from picked;

insert into refunds
select
    payment,
    customer,
    opened_at + case roll(payment, 'order', 2) when 0 then to_hours(-20 - roll(payment, 'before', 100)) else to_hours(20 + roll(payment, 'after', 200)) end,
    refunded,
    one_of(['service_issue', 'not_as_described', 'billing_error'], payment, 'reason'),
    processor, payment, currency, rate, region, null, null, null, 'disputed'
from picked;

insert into facts
select
    'refund_after_dispute', json_object('payment_id', payment_id(payment), 'refund_id', refund_id(payment)), refunded, currency, 'lost', 'planted',
    case roll(payment, 'order', 2) when 0 then 'refunded first' else 'disputed first' end
from picked where outcome = 'lost';

insert into look_alikes
select 'a refund, and a dispute that is ' || outcome, 'refund_after_dispute', json_object('payment_id', payment_id(payment), 'refund_id', refund_id(payment))
from picked where outcome <> 'lost';

drop table picked;
