-- Some seats are left out.
create table picked as
select
    bill,
    case roll(bill, 'seats left out', 3) when 0 then 1 else 1 + roll(bill, 'left out', greatest(1, quantity // 2)) end as left_out
from bills
where fate is null and quantity >= 2 and has_lines
qualify row_number() over (order by mixed(bill, 'quantity_mismatch')) <= wanted(count(*) over (), 3, 6);

update bills
set fate = 'quantity_mismatch',
    billed_quantity = quantity - left_out,
    rent = due_amount(quantity - left_out, unit_price, months, 0, days, period_days, 0, cents),
    discount_amount = due_amount(quantity - left_out, unit_price, months, 0, days, period_days, 0, cents)
        - due_amount(quantity - left_out, unit_price, months, discount, days, period_days, 0, cents)
from picked
where picked.bill = bills.bill;

insert into facts
select
    'quantity_mismatch', json_object('invoice_id', invoice_id(bill)), due - billed(bills), currency, 'lost', 'planted',
    case when left_out = 1 then 'one seat' else 'several seats' end
from bills join picked using (bill);

-- Seats that came inside the first period: a line of their own, for the days that they were there.
create or replace table picked as
select bill, 1 + roll(bill, 'added', bills.quantity - 1) as added, 5 + roll(bill, 'days of added', 18) as added_days
from bills
join rows using (row_number)
where fate is null and bills.quantity >= 3 and months = 1 and rows.start_date = bills.first_day and days = period_days
    and bills.discount = 0 and overage = 0 and has_lines and expected is not null
qualify row_number() over (order by mixed(bill, 'seats added')) <= wanted(count(*) over (), 250, 4);

update bills
set fate = 'seats added inside the period',
    billed_quantity = quantity - added,
    rent = due_amount(quantity - added, unit_price, months, 0, days, period_days, 0, cents),
    seats_amount = due_amount(added, unit_price, 1, 0, added_days, period_days, 0, cents)
from picked
where picked.bill = bills.bill;

update bills set due = billed(bills), expected = billed(bills) where fate = 'seats added inside the period';

drop table picked;

insert into look_alikes
select fate, 'quantity_mismatch', json_object('invoice_id', invoice_id(bill)) from bills where fate = 'seats added inside the period';
