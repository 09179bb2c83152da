-- Units go on more than seven days after the end, or were never subscribed to.
create table picked as
select rows.row_number, rows.customer, rows.plan, rows.currency, rows.end_date,
    rows.end_date + case roll(rows.row_number, 'how late', 2) when 0 then 8 else 9 + roll(rows.row_number, 'late', 60) end as first_used
from rows
where next_kind is null and end_date < today() - 9 and customer not in (select customer from contracts where place = 1)
    and end_date >= first_month()
qualify row_number() over (order by mixed(rows.row_number, 'usage_without_subscription')) <= wanted(count(*) over (), 80, 5);

create table stray as
select
    400000000000 + picked.row_number * 8 + parts.part as event,
    picked.customer,
    picked.row_number,
    cast(first_used + case when parts.part = 0 then 0 else roll(picked.row_number * 8 + parts.part, 'on', 20) end as timestamp)
        + to_seconds(roll(picked.row_number * 8 + parts.part, 'at', 86400)) as event_time,
    cast(50 + roll(picked.row_number * 8 + parts.part, 'stray units', 3000) as decimal(18, 2)) as units,
    feature,
    picked.currency,
    overage_price
from picked
cross join range(4) as parts (part)
join prices
    on prices.plan = picked.plan and prices.currency = picked.currency and picked.first_used between prices.valid_from and prices.valid_to
where parts.part <= roll(picked.row_number, 'how often', 4);

insert into stray
select
    600000000000 + customers.customer, customers.customer, null,
    now() - to_days(1 + roll(customers.customer, 'used', least(300, months_wanted() * 28))),
    cast(20 + roll(customers.customer, 'units of nobody', 3000) as decimal(18, 2)), 'api_calls', 'USD', null
from customers
where is_prospect and currency = 'USD'
qualify row_number() over (order by mixed(customers.customer, 'never subscribed')) <= wanted(count(*) over (), 150, 2);

update stray
set overage_price = prices.overage_price
from prices
where stray.row_number is null and prices.plan = 0 and prices.currency = 'USD' and cast(stray.event_time as date) between prices.valid_from and prices.valid_to;

delete from stray where event_time > now();

insert into usage_events select event, customer, row_number, event_time, units, feature from stray;

insert into facts
select
    'usage_without_subscription', json_object('customer_id', customer_id(customer)),
    rounded_in(sum(units) * any_value(overage_price), any_value(currency)), any_value(currency), 'lost', 'planted',
    case when any_value(row_number) is null then 'never subscribed' else 'after the end' end
from stray
group by customer;

drop table stray;
drop table picked;

insert into look_alikes
select 'usage between two rows', 'usage_without_subscription', json_object('customer_id', customer_id(rows.customer))
from rows
where rows.kind = 'pause'
group by rows.customer;
