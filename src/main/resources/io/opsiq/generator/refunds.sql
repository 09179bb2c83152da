create table refunds (
    refund bigint, customer bigint, refunded_at timestamp, amount decimal(18, 2), reason varchar, processor varchar, payment bigint,
    currency varchar, rate double, region varchar, issued_by varchar, approved_by varchar, note varchar, fate varchar
);

create table disputes (
    dispute bigint, payment bigint, customer bigint, opened_at timestamp, amount decimal(18, 2), status varchar, reason varchar, currency varchar
);

create macro person(number, what) as one_of(['a.ortega', 'b.lindqvist', 'c.mbeki', 'd.kowalski', 'e.tanaka', 'f.rossi', 'g.patel', 'h.novak'], number, what);

-- Somebody else of the eight.
create macro other_person(number, what, but) as
    list_filter(['a.ortega', 'b.lindqvist', 'c.mbeki', 'd.kowalski', 'e.tanaka', 'f.rossi', 'g.patel', 'h.novak'], lambda each : each <> but)
        [1 + roll(number, what, 7)];

-- What a refund can be of: ordinary payments that went through. Each has at most one fate among the refunds.
create table refundable as
select payments.*, asked.cents, roll(payment, 'refund fate', 10000) as lot
from payments
join asked using (bill)
where payments.status = 'completed' and payments.fate is null and asked.fate is null and paid_at < now() - interval 2 day;

-- Few on weekends, which wait for Monday; some wait for the last day of the month.
insert into refunds
with chosen as (
    select
        *,
        cast(paid_at + to_days(1 + roll(payment, 'refunded after', 25)) as date) as day,
        case when roll(payment, 'whole', 3) = 0 then amount else rounded(amount * (10 + roll(payment, 'partly', 80)) / 100, cents) end
            as refunded
    from refundable
    where lot < 220
),
shifted as (
    select
        * exclude (day),
        case
            when roll(payment, 'batch', 100) < 12 then last_day(day)
            when isodow(day) > 5 and roll(payment, 'weekend', 10) < 8 then day + cast(8 - isodow(day) as integer)
            else day
        end as day
    from chosen
)
select
    payment,
    customer,
    cast(cast(day as timestamp) + hours_of_work(payment, 'refunded at') as timestamp),
    refunded,
    one_of(['service_issue', 'billing_error', 'downgrade', 'cancelled', 'goodwill', 'not_as_described'], payment, 'reason'),
    processor,
    payment,
    currency,
    rate,
    region,
    case when roll(payment, 'by hand', 10) < 6 then person(payment, 'issuer') end,
    case when roll(payment, 'by hand', 10) < 6 then other_person(payment, 'approver', person(payment, 'issuer')) end,
    null,
    'ordinary'
from shifted;

delete from refunds where refunded_at > now();

-- A surplus that was collected twice goes back.
insert into refunds
select
    another(payment, 1), customer, least(paid_at + to_days(13 + roll(payment, 'given back', 9)), now() - interval 1 hour), amount, 'billing_error', processor,
    another(payment, 1), currency, rate, region, null, null, null, 'surplus'
from given_back;

insert into disputes
select
    payment,
    payment,
    customer,
    paid_at + to_days(5 + roll(payment, 'disputed', 40)) + to_seconds(roll(payment, 'disputed at', 80000)),
    amount,
    one_of(['won', 'won', 'lost'], payment, 'outcome'),
    one_of(['fraudulent', 'product_not_received', 'duplicate', 'unrecognized'], payment, 'dispute'),
    currency
from refundable
where lot between 220 and 259;

-- Young ones are not decided.
update disputes set status = 'open' where opened_at > now() - interval 30 day;
delete from disputes where opened_at > now();

insert into look_alikes
select 'a dispute that was lost, and no refund', 'refund_after_dispute', json_object('payment_id', payment_id(payment))
from disputes where status = 'lost';
