-- The same period once more, under another number: at once, or weeks later.
create table picked as
select bill
from bills
where fate is null and billed(bills) > 0
qualify row_number() over (order by mixed(bill, 'duplicate_invoice')) <= wanted(count(*) over (), 2, 6);

create table copies as
select bills.* replace (
    bill + 10000000000000 as bill,
    least(
        invoiced_at + case roll(bill, 'again', 3) when 0 then to_minutes(3 + roll(bill, 'minutes', 200)) else to_days(1 + roll(bill, 'days', 20)) end,
        now() - to_seconds(roll(bill, 'last', 600))
    ) as invoiced_at,
    'duplicate_invoice' as fate
)
from bills join picked using (bill);

delete from copies using bills where bills.bill = copies.bill - 10000000000000 and bills.invoiced_at >= copies.invoiced_at;

update bills set fate = 'duplicate_invoice' where bill in (select bill - 10000000000000 from copies);

insert into facts
select
    'duplicate_invoice', json_object('invoice_ids', [invoice_id(first.bill), invoice_id(copies.bill)]), copies.rent - copies.discount_amount + copies.usage_amount,
    copies.currency, 'owed', 'planted', case when copies.invoiced_at < first.invoiced_at + interval 1 day then 'the same day' else 'later' end
from copies join bills as first on first.bill = copies.bill - 10000000000000;

insert into bills from copies;

-- Written wrongly, voided, and written again.
create or replace table copies as
select bills.* replace (
    bill + 20000000000000 as bill,
    invoiced_at - to_minutes(20 + roll(bill, 'voided', 600)) as invoiced_at,
    case roll(bill, 'what was wrong', 3) when 0 then rent else rounded(rent * (60 + roll(bill, 'wrong', 80)) / 100, cents) end as rent,
    0 as discount_amount,
    'void' as status,
    'void and written again' as fate
)
from bills
where fate is null and roll(bill, 'void', 1000) < 7;

delete from copies where invoiced_at < cast(first_month() as timestamp);

update bills set fate = 'written again' where bill in (select bill - 20000000000000 from copies);

insert into look_alikes
select fate, unnest(['duplicate_invoice', 'missing_invoice']), json_object('invoice_id', invoice_id(bill)) from copies;

insert into bills from copies;

drop table copies;
drop table picked;

insert into look_alikes
select 'two subscriptions of one customer', 'duplicate_invoice', json_object('invoice_id', invoice_id(bill))
from bills
where customer in (select customer from contracts where place = 1) and fate is null;
