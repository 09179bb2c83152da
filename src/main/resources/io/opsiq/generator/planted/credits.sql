-- Credits by hand. "worth" is in the base currency, in which the limits are set.
create table credited as
select
    payment, customer, paid_at + to_days(3 + roll(payment, 'credited', 20)) as credited_at, currency, rate, region, cents, lot, bill,
    person(payment, 'issuer') as issuer
from refundable
where lot between 6000 and 7999 and paid_at < now() - interval 45 day
    and payment not in (select payment from refunds where payment is not null)
qualify row_number() over (partition by customer order by lot, payment) = 1;

create table credits (
    refund bigint, payment bigint, customer bigint, refunded_at timestamp, worth double, currency varchar, rate double, region varchar, cents integer,
    issuer varchar, approver varchar, kind varchar, linked bigint
);

-- Large, and nobody else looked at it: without an approver.
insert into credits
select
    another(payment, 30), payment, customer, credited_at,
    case roll(payment, 'large', 3) when 0 then 200 + roll(payment, 'just', 8) when 1 then 230 + roll(payment, 'much', 160) else 550 + roll(payment, 'very much', 2500) end,
    currency, rate, region, cents, case when roll(payment, 'named', 5) > 0 then issuer end, null, 'manual_credit',
    null
from credited where lot between 6000 and 6399
qualify row_number() over (order by mixed(payment, 'manual_credit')) <= wanted(count(*) over (), 60, 6);

-- Three or more within seven days, each just under the limit.
insert into credits
select
    another(payment, 30 + 100 * place), payment, customer,
    credited_at + to_minutes(cast(place as integer) * case roll(payment, 'spread', 2) when 0 then 60 + roll(payment, 'close', 1000) else 10080 // (2 + roll(payment, 'four', 2)) - 15 end),
    401 + roll(payment * 4 + place, 'under', 96), currency, rate, region, cents, issuer,
    case when roll(payment, 'approved', 3) = 0 then other_person(payment, 'approver', issuer) end, 'split_credit', null
from credited cross join range(4) as places (place)
where lot between 6400 and 6699 and place < 3 + roll(payment, 'four', 2)
qualify dense_rank() over (order by mixed(payment, 'split_credit')) <= wanted((select count(*) from credited where lot between 6400 and 6699), 50, 4);

-- Whoever gave it approved it.
insert into credits
select
    another(payment, 30), payment, customer, credited_at,
    case roll(payment, 'large', 3) when 0 then 51 + roll(payment, 'just', 5) else 60 + roll(payment, 'much', 700) end,
    currency, rate, region, cents, issuer, issuer, case when roll(payment, 'by refund', 2) = 0 then 'self_approved_credit' else 'self_approved_refund' end,
    payment
from credited where lot between 6700 and 6999
qualify row_number() over (order by mixed(payment, 'self_approved_credit')) <= wanted(count(*) over (), 60, 5);

-- What is as it should be: large and approved by another; small; small ones month by month; two near the limit; three near it, over weeks.
insert into credits
select
    another(payment, 30 + 100 * place), payment, customer,
    credited_at + to_days(cast(place as integer) * case situation when 2 then 20 when 3 then 2 when 4 then 9 else 0 end) + to_minutes(cast(place as integer) * 37),
    case situation
        when 0 then 210 + roll(payment, 'approved', 1500)
        when 1 then 20 + roll(payment, 'small', 178)
        when 2 then 30 + roll(payment * 4 + place, 'monthly', 60)
        when 5 then 10 + roll(payment, 'own', 38)
        else 405 + roll(payment * 4 + place, 'near', 90)
    end,
    currency, rate, region, cents, issuer,
    case situation when 1 then null when 2 then null when 5 then issuer else other_person(payment, 'approver', issuer) end,
    ['large, and approved by another', 'a small credit', 'small credits month by month', 'two credits near the limit', 'three near the limit, over weeks',
        'approved by its issuer, and small'][situation + 1],
    null
from (select *, roll(payment, 'situation', 6) as situation from credited where lot between 7000 and 7999)
cross join range(3) as places (place)
where place < [1, 1, 3, 2, 3, 1][situation + 1] and roll(payment, 'good credits', 1000) < 150;

delete from credits where refunded_at > now();

insert into refunds
select
    refund, customer, refunded_at,
    case cents when 1 then ceil(worth / latest.rate) else ceil(worth / latest.rate * 100) / 100 end,
    case kind when 'self_approved_refund' then 'service_issue' else 'manual_credit' end,
    case kind when 'self_approved_refund' then 'stripe' else 'manual' end,
    case kind when 'self_approved_refund' then linked end,
    credits.currency, latest.rate, region, issuer, approver,
    one_of(['agreed with the account manager', 'as discussed on the phone', null, 'outage credit', 'price correction'], refund, 'note'), kind
from credits
join (select currency, day, cast(rate as double) as rate from rates) latest
    on latest.currency = credits.currency and latest.day = cast(refunded_at as date);

-- A refund cannot be more than what was paid: the others are credits.
update refunds set payment = null, reason = 'manual_credit', processor = 'manual'
from payments
where refunds.fate = 'self_approved_refund' and payments.payment = refunds.payment and refunds.amount > payments.amount;

insert into facts
select 'manual_credit', json_object('refund_id', refund_id(refund)), amount, currency, 'lost', 'planted',
    case when amount * rate < 209 then 'just large' else 'large' end
from refunds where fate = 'manual_credit';

insert into facts
select 'self_approved_credit', json_object('refund_id', refund_id(refund)), amount, currency, 'lost', 'planted',
    reason || case when amount * rate < 57 then ', just above fifty' else '' end
from refunds where fate like 'self_approved%';

insert into facts
select
    'split_credit', json_object('refund_ids', list(refund_id(refund) order by refunded_at), 'customer_id', customer_id(customer)),
    sum(amount), any_value(currency), 'lost', 'planted', count(*) || ' credits'
from refunds where fate = 'split_credit'
group by customer;

insert into look_alikes
select fate, unnest(['manual_credit', 'split_credit', 'self_approved_credit', 'duplicate_refund']),
    json_object('refund_ids', list(refund_id(refund)), 'customer_id', customer_id(customer))
from refunds
where fate in (select kind from credits) and fate not in ('manual_credit', 'split_credit', 'self_approved_credit', 'self_approved_refund')
group by fate, customer;

insert into look_alikes
select 'an automatic refund', 'self_approved_credit', json_object('refund_id', refund_id(refund))
from refunds where fate = 'ordinary' and issued_by is null and refund % 10 = 0;

drop table credits;
drop table credited;
