-- Marked as paid, though less was collected: by a little more than may be passed over, or by much.
create table picked as
select
    payment,
    bill,
    rounded(
        case roll(bill, 'short by', 3)
            when 0 then greatest(1.02 / payments.rate, total * 0.0052) * (1 + share(bill, 'short') / 5)
            else greatest(1.5 / payments.rate, total * (0.02 + share(bill, 'short') * 0.5))
        end, cents) + case cents when 1 then 1 else 0.01 end as short
from payments
join asked using (bill)
where payments.fate is null and payments.status = 'completed' and asked.status = 'paid' and asked.fate is null and total * payments.rate > 15
    and payments.amount = total
qualify row_number() over (order by mixed(bill, 'short_payment')) <= wanted(count(*) over (), 2, 6);

update payments set amount = amount - short, fate = 'short_payment' from picked where picked.payment = payments.payment;
update asked set fate = 'short_payment' where bill in (select bill from picked);

insert into facts
select
    'short_payment', json_object('invoice_id', invoice_id(bill)), short, currency, 'lost', 'planted',
    case when short * rate < 1.3 or short < total * 0.0065 then 'a little' else 'much' end
from picked join asked using (bill);

-- Small differences, such as the fee of a bank.
create or replace table picked as
select
    payment,
    bill,
    rounded(
        case when total * payments.rate > 200 then total * (0.001 + share(bill, 'fee') * 0.0038) else 0.9 * share(bill, 'fee') / payments.rate end, cents) as short
from payments
join asked using (bill)
where payments.fate is null and payments.status = 'completed' and asked.status = 'paid' and asked.fate is null and payments.amount = total
qualify row_number() over (order by mixed(bill, 'small fees')) <= wanted(count(*) over (), 4, 6);

update payments set amount = amount - short, fate = 'a small fee' from picked where picked.payment = payments.payment;
update asked set fate = 'a small fee' where bill in (select bill from picked);

insert into look_alikes
select 'a small fee was kept', 'short_payment', json_object('invoice_id', invoice_id(bill)) from picked;

-- The second part is on its way, though the invoice is already called paid.
create or replace table picked as
select payment, bill, rounded(total * (30 + roll(bill, 'second part', 40)) / 100, cents) as second_part
from payments
join asked using (bill)
where payments.fate is null and payments.status = 'completed' and asked.status = 'paid' and asked.fate is null and payments.amount = total
    and paid_at > now() - interval 25 day and paid_at < now() - interval 1 day
qualify row_number() over (order by mixed(bill, 'second part pending')) <= wanted(count(*) over (), 6, 2);

update payments set amount = amount - second_part, fate = 'the rest is pending' from picked where picked.payment = payments.payment;
update asked set fate = 'the rest is pending' where bill in (select bill from picked);

insert into payments
select
    payments.payment + 5, bill, customer, now() - to_hours(1 + roll(bill, 'on its way', 20)), second_part, currency, rate, region, processor,
    'pending', 'the rest is pending'
from picked join payments using (payment, bill);

insert into look_alikes
select 'the rest is pending', 'short_payment', json_object('invoice_id', invoice_id(bill)) from picked;

drop table picked;
