-- A period that was never invoiced, at least ten days after it ended.
create table picked as
select bill
from bills
join rows using (row_number)
where fate is null and months = 1 and bills.billing_status = 'active' and stops_from is null and bills.first_day >= first_month()
    and bills.last_day < today() - 10
    and (trial_end_date is null or bills.first_day > trial_end_date + 1) and due * rate >= 1
qualify row_number() over (order by mixed(bill, 'missing_invoice')) <= wanted(count(*) over (), 3, 8);

insert into facts
select
    'missing_invoice', json_object('subscription_id', subscription_id(row_number), 'period', strftime(month, '%Y-%m')),
    due, currency, 'lost', 'planted', case when days < period_days then 'part of a month' else 'a whole month' end
from bills join picked using (bill);

delete from bills where bill in (select bill from picked);

drop table picked;

-- Paused, cancelled some time, on trial, or in a gap.
insert into look_alikes
select
    case when stops_from is not null then 'no invoices since it was ' || billing_status else 'the period lies in its trial' end,
    'missing_invoice', json_object('subscription_id', subscription_id(row_number), 'period', strftime(month_at(places.place), '%Y-%m'))
from rows
cross join range(months_wanted()) as places (place)
where (stops_from <= month_at(places.place) and rows.until >= month_at(places.place))
    or (trial_end_date >= last_day(month_at(places.place)) and start_date <= last_day(month_at(places.place)));

-- Its invoice may still come.
insert into look_alikes
select 'the period has just ended', 'missing_invoice',
    json_object('subscription_id', subscription_id(row_number), 'period', strftime(periods.month, '%Y-%m'))
from periods
where arrears and last_day between today() - 10 and today() + 31
    and bill not in (select bill from bills);
