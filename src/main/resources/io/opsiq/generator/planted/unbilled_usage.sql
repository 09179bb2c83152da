-- The units above the plan are on no invoice.
create table picked as
select bill, usage_amount as missing
from bills
where fate is null and months = 1 and over_units > 0 and usage_amount * rate >= 0.5
qualify row_number() over (order by mixed(bill, 'unbilled_usage')) <= wanted(count(*) over (), 60, 6);

update bills set fate = 'unbilled_usage', usage_amount = 0 from picked where picked.bill = bills.bill;

insert into facts
select
    'unbilled_usage',
    json_object('customer_id', customer_id(customer), 'period', strftime(month - interval 1 day, '%Y-%m')),
    missing, currency, 'lost', 'planted', case when over_units < 100 then 'few units' else 'many units' end
from bills join picked using (bill);

drop table picked;

insert into look_alikes
select 'overage billed in the month after', 'unbilled_usage',
    json_object('customer_id', customer_id(customer), 'period', strftime(month - interval 1 day, '%Y-%m'))
from bills
where usage_amount > 0 and fate is null;
