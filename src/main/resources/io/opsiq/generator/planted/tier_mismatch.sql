-- Billed as the next lower or higher plan.
create table picked as
select bill, other.plan, other.price
from bills
join prices as other
    on other.plan = case when bills.plan = 0 then 1 when bills.plan = 3 then 2 else bills.plan + case roll(bill, 'other plan', 3) when 0 then 1 else -1 end end
    and other.currency = bills.currency
    and bills.first_day between other.valid_from and other.valid_to
where fate is null and not locked
qualify row_number() over (order by mixed(bill, 'tier_mismatch')) <= wanted(count(*) over (), 2, 8);

update bills
set fate = 'tier_mismatch',
    billed_plan = picked.plan,
    billed_price = picked.price,
    rent = due_amount(quantity, picked.price, months, 0, days, period_days, 0, cents),
    discount_amount = due_amount(quantity, picked.price, months, 0, days, period_days, 0, cents)
        - due_amount(quantity, picked.price, months, discount, days, period_days, 0, cents)
from picked
where picked.bill = bills.bill;

insert into facts
select
    'tier_mismatch', json_object('invoice_id', invoice_id(bill)), abs(due - billed(bills)), currency,
    case when due > billed(bills) then 'lost' else 'owed' end, 'planted', case when days < period_days then 'part of a month' else 'whole period' end
from bills join picked using (bill);

drop table picked;

insert into look_alikes
select
    case when first_day > month then 'the plan was changed inside the month' else 'the plan was changed at the turn of the month' end,
    'tier_mismatch', json_object('invoice_id', invoice_id(bill))
from bills
join rows using (row_number)
where fate is null and rows.kind = 'plan' and first_day = rows.start_date;
