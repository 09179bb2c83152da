-- The discount is given on, though the period began after its last day.
create table picked as
select bill, bills.row_number, discount_pct, first_day - discount_end_date as days_after
from bills
join rows using (row_number)
where fate is null and discount_pct > 0 and discount = 0 and discount_end_date is not null
    and rent * rate * discount_pct > 100
qualify row_number() over (order by mixed(bill, 'expired_discount')) <= wanted(count(*) over (), 60, 6);

update bills
set fate = 'expired_discount',
    billed_discount = discount_pct,
    discount_amount = rent - due_amount(billed_quantity, unit_price, months, discount_pct, days, period_days, 0, cents)
from picked
where picked.bill = bills.bill;

insert into facts
select
    'expired_discount', json_object('invoice_id', invoice_id(bill)), discount_amount, currency, 'lost', 'planted',
    case when days_after <= 31 then 'the period after' else 'later' end
from bills join picked using (bill);

drop table picked;

insert into look_alikes
select 'the last day of a discount is the first of the period', 'expired_discount', json_object('invoice_id', invoice_id(bill))
from bills join rows using (row_number)
where bills.discount > 0 and first_day = discount_end_date and fate is null;

insert into look_alikes
select 'a discount renewed by a later row', 'expired_discount', json_object('invoice_id', invoice_id(bill))
from bills join rows using (row_number)
where rows.kind = 'renewal' and bills.discount > 0 and fate is null;
