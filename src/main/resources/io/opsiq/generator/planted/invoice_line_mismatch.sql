-- The lines add up to something else: by a little more than a rounding, or by a position.
create table picked as
select
    bill,
    case when roll(bill, 'off by', 3) = 0 then 0.06 + roll(bill, 'little', 30) / 100.0 else 1 + share(bill, 'much') * rent * rate / 3 end / rate
        * case when roll(bill, 'off to', 2) = 0 then 1 else -1 end as off
from bills
where fate is null and has_lines and rent * rate > 20
qualify row_number() over (order by mixed(bill, 'invoice_line_mismatch')) <= wanted(count(*) over (), 2, 6);

update bills
set fate = 'invoice_line_mismatch',
    lines_off = case cents when 1 then sign(off) * ceil(abs(off)) else sign(off) * ceil(abs(off) * 100) / 100 end
from picked
where picked.bill = bills.bill;

insert into facts
select
    'invoice_line_mismatch', json_object('invoice_id', invoice_id(bill)), abs(lines_off), currency,
    case when lines_off > 0 then 'lost' else 'owed' end, 'planted', case when abs(lines_off) * rate < 1 then 'a little' else 'a position' end
from bills join picked using (bill);

-- Roundings line by line stay within five cents.
create or replace table picked as
select bill, (1 + roll(bill, 'rounding', 4)) / 100.0 * case when roll(bill, 'off to', 2) = 0 then 1 else -1 end as off
from bills
where fate is null and has_lines and currency = 'USD'
qualify row_number() over (order by mixed(bill, 'rounded lines')) <= wanted(count(*) over (), 4, 4);

update bills set fate = 'lines rounded one by one', lines_off = off from picked where picked.bill = bills.bill;

drop table picked;

insert into look_alikes
select fate, 'invoice_line_mismatch', json_object('invoice_id', invoice_id(bill)) from bills where fate = 'lines rounded one by one';
