-- Invoices go on after the end, from the very next day or from the next month, for one to three periods.
create table picked as
select rows.row_number, place, rows.end_date, 1 + roll(rows.row_number, 'goes on', 3) as periods, last_bill.bill
from rows
join (select row_number, max(bill) as bill from bills where fate is null and months = 1 and bill < 10000000000000 group by row_number) last_bill
    using (row_number)
where billing = 'monthly' and next_kind is null and end_date < today() - 35 and end_date >= first_month()
qualify row_number() over (order by mixed(rows.row_number, 'billed_after_cancellation')) <= wanted(count(*) over (), 80, 5);

create table going_on as
select
    picked.row_number,
    picked.bill,
    picked.end_date,
    parts.part,
    case
        when day(end_date + 1) = 1 then cast(end_date + 1 + to_months(cast(parts.part as integer)) as date)
        when parts.part = 0 and roll(picked.row_number, 'at once', 2) = 0 then end_date + 1
        else cast(month_begin(end_date) + to_months(cast(parts.part as integer) + 1) as date)
    end as first_day
from picked
cross join range(3) as parts (part)
where parts.part < picked.periods
    and not (parts.part = 1 and day(end_date + 1) <> 1 and roll(picked.row_number, 'at once', 2) = 0);

create table added as
select bills.* replace (
    bills.bill + (going_on.part + 3) * 10000000000000 as bill,
    month_begin(going_on.first_day) as month,
    going_on.first_day as first_day,
    last_day(going_on.first_day) as last_day,
    day(last_day(going_on.first_day)) - day(going_on.first_day) + 1 as days,
    day(last_day(going_on.first_day)) as period_days,
    due_amount(quantity, unit_price, 1, 0, day(last_day(going_on.first_day)) - day(going_on.first_day) + 1, day(last_day(going_on.first_day)), 0, cents) as rent,
    0 as discount_amount,
    0 as usage_amount,
    0 as overage,
    0 as over_units,
    0 as due,
    going_on.first_day + hours_of_work(going_on.row_number * 4 + going_on.part, 'invoiced on') as invoiced_at,
    'billed_after_cancellation' as fate
)
from going_on
join bills on bills.bill = going_on.bill;

update added
set expected = case roll(bill, 'believed', 3) when 0 then rent when 1 then null else 0 end;

delete from added where invoiced_at > now();

insert into facts
select
    'billed_after_cancellation', json_object('invoice_id', invoice_id(bill)), billed(added), currency, 'owed', 'planted',
    case when day(first_day) > 1 then 'the rest of the month' else 'a month after' end
from added;

insert into bills by name from added;

drop table added;
drop table going_on;
drop table picked;

insert into look_alikes
select 'billed in arrears after the end', 'billed_after_cancellation', json_object('invoice_id', invoice_id(bill))
from bills join rows using (row_number)
where fate is null and invoiced_at > cast(until as timestamp) + interval 1 day;
