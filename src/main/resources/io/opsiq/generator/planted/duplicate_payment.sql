-- Collected once more, the same day or later.
create table picked as
select payments.*
from payments
join asked using (bill)
where payments.fate is null and payments.status = 'completed' and asked.status = 'paid' and asked.fate is null and total * payments.rate > 6
    and payments.amount = total and paid_at < now() - interval 14 day
qualify row_number() over (order by mixed(bill, 'duplicate_payment')) <= wanted(count(*) over (), 3, 9);

update payments set fate = 'duplicate_payment' where payment in (select payment from picked);
update asked set fate = 'duplicate_payment' where bill in (select bill from picked);

insert into payments
select picked.* replace (
    another(payment, 1) as payment,
    paid_at + case roll(bill, 'twice', 2) when 0 then to_minutes(1 + roll(bill, 'minutes between', 300)) else to_days(1 + roll(bill, 'days between', 12)) end as paid_at,
    'duplicate_payment' as fate
)
from picked;

-- One in three was noticed, and given back: no money is owed any more.
create table given_back as
select * from picked where roll(bill, 'noticed', 3) = 0;

insert into facts
select
    'duplicate_payment', json_object('invoice_id', invoice_id(bill), 'payment_ids', [payment_id(payment), payment_id(another(payment, 1))]),
    amount, currency, 'owed', 'planted', case roll(bill, 'twice', 2) when 0 then 'the same day' else 'days later' end
from picked
where payment not in (select payment from given_back);

insert into look_alikes
select 'the surplus was refunded', 'duplicate_payment', json_object('invoice_id', invoice_id(bill)) from given_back;

drop table picked;
