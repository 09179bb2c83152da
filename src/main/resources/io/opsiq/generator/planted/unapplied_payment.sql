-- Money for an invoice that is void, or that nobody knows.
create table picked as
select bill, roll(bill, 'unapplied', 2) as kind
from asked
where fate is null and status = 'paid' and total * rate > 2
    and bill not in (select bill from payments where fate is not null) and invoiced_at < now() - interval 40 day
qualify row_number() over (order by mixed(bill, 'unapplied_payment')) <= wanted(count(*) over (), 2, 7);

create table unapplied as
select
    another(bill * 8, 2) as payment,
    case kind when 0 then (select max(bill) from asked) + bill end as bill,
    asked.customer,
    least(invoiced_at + to_days(3 + roll(bill, 'came', 30)), now() - interval 7 day - to_seconds(3600 + roll(bill, 'came at', 90000))) as paid_at,
    total as amount,
    currency,
    rate,
    region,
    processor,
    'completed' as status,
    'unapplied_payment' as fate,
    kind
from picked join asked using (bill)
where kind = 0;

-- One that was voided, though it had been paid.
insert into unapplied
select
    another(asked.bill * 8, 2), asked.bill, asked.customer,
    least(invoiced_at + to_days(2 + roll(asked.bill, 'came', 20)), now() - interval 7 day - to_seconds(3600 + roll(asked.bill, 'came at', 90000))),
    total, currency, rate, region, processor, 'completed', 'unapplied_payment', 1
from asked
where status = 'void' and total > 0 and invoiced_at < now() - interval 40 day
qualify row_number() over (order by mixed(bill, 'paid though void')) <= wanted(count(*) over (), 200, 3);

insert into payments select * exclude (kind) from unapplied;

insert into facts
select
    'unapplied_payment', json_object('payment_id', payment_id(payment)), amount, currency, 'owed', 'planted',
    case kind when 0 then 'an unknown invoice' else 'a void invoice' end
from unapplied;

-- Those of the last days may still find theirs; those that failed brought no money.
create or replace table unapplied as
select
    another(bill * 8, 3) as payment,
    (select max(bill) from asked) * 2 + bill as bill,
    customer,
    case roll(bill, 'quiet kind', 3) when 0 then now() - to_hours(2 + roll(bill, 'fresh', 150)) else invoiced_at + interval 5 day end as paid_at,
    total as amount,
    currency,
    rate,
    region,
    processor,
    case roll(bill, 'quiet kind', 3) when 0 then 'completed' when 1 then 'failed' else 'pending' end as status,
    'unapplied, quiet' as fate
from asked
where fate is null and status = 'paid' and invoiced_at < now() - interval 10 day
qualify row_number() over (order by mixed(bill, 'quietly unapplied')) <= wanted(count(*) over (), 1, 6);

insert into payments from unapplied;

insert into look_alikes
select case status when 'completed' then 'came in the last days' else 'brought no money: ' || status end, 'unapplied_payment',
    json_object('payment_id', payment_id(payment))
from unapplied;

drop table unapplied;
drop table picked;
