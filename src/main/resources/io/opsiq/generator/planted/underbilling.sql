-- Less than was due, for no reason that the books tell: a little beyond what may be passed over, or much. The lines show an odd price or
-- a deduction; what is as large as a discount that has ended is none of these.
create table picked as
select
    bill,
    roll(bill, 'way', 2) as way,
    rounded(
        case roll(bill, 'how much', 3)
            when 0 then greatest(10.05 + share(bill, 'gap') * 2, due * rate * (0.0102 + share(bill, 'gap') / 300)) / rate
            else greatest(10.5 / rate, due * (0.03 + share(bill, 'gap') * 0.55))
        end, cents) + case cents when 1 then 1 else 0.01 end as gap
from bills
where fate is null and rent * rate > 45 and due = billed(bills)
    and (ended_discount = 0 or roll(bill, 'way', 2) = 0)
qualify row_number() over (order by mixed(bill, 'underbilling')) <= wanted(count(*) over (), 4, 8);

update bills
set fate = 'underbilling',
    rent = case way when 0 then rent - gap else rent end,
    billed_price = case when way = 0 and days = period_days then round((rent - gap) / billed_quantity / months, 2) else billed_price end,
    discount_amount = case way when 0 then discount_amount else discount_amount + gap end
from picked
where picked.bill = bills.bill;

insert into facts
select
    'underbilling', json_object('invoice_id', invoice_id(bill)), due - billed(bills), currency, 'lost', 'planted',
    case when gap * rate < 12.1 or gap < due * 0.0136 then 'a little' else 'much' end
from bills join picked using (bill);

-- Differences of up to ten, or of up to one percent.
create or replace table picked as
select
    bill,
    rounded(
        case when due * rate > 1200 then due * (0.004 + share(bill, 'small gap') * 0.0055) else (1 + share(bill, 'small gap') * 8.5) / rate end, cents) as gap
from bills
where fate is null and rent * rate > 30 and due = billed(bills)
    and (ended_discount = 0 or ended_discount * rent * rate > 1000)
qualify row_number() over (order by mixed(bill, 'small differences')) <= wanted(count(*) over (), 4, 6);

update bills set fate = 'a small difference', discount_amount = discount_amount + gap from picked where picked.bill = bills.bill;

drop table picked;

insert into look_alikes
select fate, 'underbilling', json_object('invoice_id', invoice_id(bill)) from bills where fate = 'a small difference';

-- Credits that were promised are lines of the invoice; what was due is that much less.
create table picked as
select bill, rounded(due * (5 + roll(bill, 'credited', 30)) / 100, cents) as credit
from bills
where fate is null and has_lines and due * rate > 20
qualify row_number() over (order by mixed(bill, 'credit lines')) <= wanted(count(*) over (), 8, 6);

update bills set fate = 'a credit line', credit_amount = credit from picked where picked.bill = bills.bill;

drop table picked;

insert into look_alikes
select fate, unnest(['underbilling', 'short_payment', 'invoice_line_mismatch']), json_object('invoice_id', invoice_id(bill))
from bills where fate = 'a credit line';

insert into look_alikes
select 'a part of a month', 'underbilling', json_object('invoice_id', invoice_id(bill))
from bills where fate is null and days < period_days;

insert into look_alikes
select fate, unnest(['underbilling', 'stale_price', 'tier_mismatch', 'expired_discount']), json_object('invoice_id', invoice_id(bill))
from bills where fate = 'its end is unknown';
