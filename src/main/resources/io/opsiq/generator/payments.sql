-- What is asked for: the billed amount and the tax on it.
create table asked as
select
    bill,
    customer,
    currency,
    cents,
    rate,
    region,
    processor,
    invoiced_at,
    fate,
    terms_days,
    cast(invoiced_at as date) + coalesce(terms_days, 30) as due_day,
    billed(bills) as billed,
    case when has_lines then cast(rounded(billed(bills) * tax_percent / 100, cents) as decimal(18, 2)) else 0 end as tax,
    status
from bills;

alter table asked add column total decimal(18, 2);
update asked set total = billed + tax;

-- How each is paid. Half pay at once by card, the others within three weeks.
create table habits as
select
    bill,
    roll(bill, 'habit', 1000) as habit,
    invoiced_at
        + case when roll(customer, 'at once', 2) = 0 then to_minutes(5 + roll(bill, 'minutes to pay', 500))
            else to_days(1 + roll(bill, 'days to pay', 20)) end
        + to_seconds(roll(bill, 'seconds', 3600)) as paid_at
from asked
where status <> 'void' and total > 0;

-- Every attempt, whole or in part. Those that fail are tried again.
create table payments (
    payment bigint, bill bigint, customer bigint, paid_at timestamp, amount decimal(18, 2), currency varchar, rate double, region varchar,
    processor varchar, status varchar, fate varchar
);

insert into payments
select
    bill * 8 + place,
    bill,
    customer,
    paid_at + case place when 0 then interval 0 second else to_hours(20 + roll(bill * 8 + place, 'tried again', 70)) * place end,
    total,
    currency,
    rate,
    region,
    processor,
    case when place < failures then 'failed' else 'completed' end,
    null
from asked
join habits using (bill)
join (values (0, 0, 0), (1, 0, 1), (1, 1, 1), (2, 0, 2), (2, 1, 2), (2, 2, 2)) as tries (kind, place, failures)
    on kind = case when habit < 30 then 1 when habit < 38 then 2 else 0 end
where habit < 970;

-- In two parts, or three.
insert into payments
select
    bill * 8 + place,
    bill,
    customer,
    paid_at + to_days(place * (2 + roll(bill, 'between parts', 6))),
    case
        when place = parts - 1 then total - (parts - 1) * part
        else part
    end,
    currency,
    rate,
    region,
    processor,
    'completed',
    'in parts'
from (
    select asked.*, habits.paid_at, 2 + roll(bill, 'parts', 2) as parts,
        cast(rounded(total * (25 + roll(bill, 'part', 12)) / 100, cents) as decimal(18, 2)) as part
    from asked join habits using (bill)
    where habit between 970 and 984
)
cross join range(3) as places (place)
where place < parts;

-- Some never go through and are tried every two or three weeks; whoever has waited longer than that has paid in the end.
insert into payments
select
    bill * 8 + place,
    bill,
    customer,
    habits.paid_at + to_days(cast(place * (14 + roll(bill, 'patience', 9)) as integer)),
    total,
    asked.currency,
    asked.rate,
    asked.region,
    asked.processor,
    case when place = 7 then 'completed' else 'failed' end,
    'tried for long'
from asked
join habits using (bill)
cross join range(8) as places (place)
where habit >= 985;

-- What would come after the clock has not come yet. The latest may still be on their way.
delete from payments where paid_at > now();

update payments set status = 'pending', fate = 'on its way'
where status = 'completed' and paid_at > now() - interval 3 day and roll(payment, 'pending', 3) = 0 and fate is null;

update asked set status = 'open' where status <> 'void';

update asked set status = 'paid'
from (select bill, sum(amount) as amount from payments where status in ('completed') group by bill) as received
where received.bill = asked.bill and received.amount >= asked.total;

insert into look_alikes
select
    case fate when 'in parts' then 'paid in parts' when 'tried for long' then 'tried again lately' when 'on its way' then 'still pending' else 'failed, then completed' end,
    unnest(case when fate = 'tried for long' then ['uncollected_invoice'] else ['duplicate_payment', 'short_payment'] end),
    json_object('invoice_id', invoice_id(bill))
from payments
where fate is not null or (status = 'failed' and payment % 8 = 0)
group by bill, fate;
