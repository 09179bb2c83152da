-- Billed at the price that the catalogue had before.
create table picked as
select bill
from bills
where fate is null and not locked and former_price is not null and first_day >= price_since
    and abs(unit_price - former_price) * quantity * days / period_days * rate * (100 - discount) >= 50
qualify row_number() over (order by mixed(bill, 'stale_price')) <= wanted(count(*) over (), 4, 6);

update bills
set fate = 'stale_price',
    billed_price = former_price,
    rent = due_amount(quantity, former_price, months, 0, days, period_days, 0, cents),
    discount_amount = due_amount(quantity, former_price, months, 0, days, period_days, 0, cents)
        - due_amount(quantity, former_price, months, discount, days, period_days, 0, cents)
from picked
where picked.bill = bills.bill;

insert into facts
select
    'stale_price', json_object('invoice_id', invoice_id(bill)), abs(due - billed(bills)), currency,
    case when due > billed(bills) then 'lost' else 'owed' end, 'planted',
    case when first_day < price_since + 31 then 'the first period after the change' else 'later' end
from bills join picked using (bill);

drop table picked;

insert into look_alikes
select 'a locked price', 'stale_price', json_object('invoice_id', invoice_id(bill))
from bills
where locked and unit_price <> catalogue_price and fate is null;
