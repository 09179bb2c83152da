-- Open, due more than sixty days ago, and not tried within the last thirty. Never, or some time.
create table picked as
select
    bill,
    today() - due_day as days_overdue,
    roll(bill, 'tried', 2) as tried,
    -- Spread over months, so that the last attempts of all do not make a bad day of their own.
    case roll(bill, 'given up', 12) when 0 then 31 else 32 + roll(bill, 'given up for', 90) end as last_tried
from asked
where fate is null and status = 'paid' and due_day between today() - 500 and today() - 61 and total * rate > 1
    and bill not in (select bill from payments where fate is not null)
-- Half of them among those that have just become so.
qualify row_number() over (partition by due_day > today() - 75 order by mixed(bill, 'uncollected_invoice'))
    <= wanted(count(*) over (), 1, 4);

update asked set status = 'open', fate = 'uncollected_invoice' where bill in (select bill from picked);
delete from payments where bill in (select bill from picked);

insert into payments
select
    bill * 8 + place, bill, customer, now() - to_days(last_tried + cast(place as integer) * 6) - to_seconds(roll(bill, 'tried at', 20000)),
    total, currency, rate, region, processor, 'failed', 'uncollected_invoice'
from picked
join asked using (bill)
cross join range(2) as places (place)
where tried = 1 and now() - to_days(last_tried + cast(place as integer) * 6 + 1) > invoiced_at;

insert into facts
select
    'uncollected_invoice', json_object('invoice_id', invoice_id(bill)), billed, currency, 'lost', 'planted',
    case when days_overdue < 75 then 'just past' else 'long past' end || case tried when 1 then ', tried before' else ', never tried' end
from picked join asked using (bill);

-- Open as long, but tried in these weeks; or open, and due not yet so long.
create or replace table picked as
select bill, today() - due_day as days_overdue, 1 + roll(bill, 'tried lately', 28) as last_tried
from asked
where fate is null and status = 'paid' and due_day between today() - 400 and today() - 20
    and bill not in (select bill from payments where fate is not null)
qualify row_number() over (partition by due_day >= today() - 60 order by mixed(bill, 'still tried')) <= wanted(count(*) over (), 1, 4);

update asked set status = 'open', fate = case when due_day >= today() - 60 then 'due not so long' else 'tried again lately' end
where bill in (select bill from picked);
delete from payments where bill in (select bill from picked);

insert into payments
select
    bill * 8, bill, customer, now() - to_days(last_tried) - to_seconds(roll(bill, 'tried at', 20000)),
    total, currency, rate, region, processor, 'failed', 'tried again lately'
from picked join asked using (bill)
where days_overdue > 60;

insert into look_alikes
select fate, 'uncollected_invoice', json_object('invoice_id', invoice_id(bill)) from picked join asked using (bill);

drop table picked;
