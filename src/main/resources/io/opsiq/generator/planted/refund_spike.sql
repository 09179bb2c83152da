-- A day on which a region refunds many times what it usually does.
create table usual as
select region, count(*) / (today() - first_month()) as a_day
from refunds where fate = 'ordinary' group by region;

create table bad_days as
select *, row_number() over (order by mixed(epoch(day), region)) as turn,
    cast(ceil(2 + a_day * 4 + 8 * sqrt(greatest(a_day, 0.5)) * (1 + roll(cast(epoch(day) as bigint), 'how bad', 100) / 60.0)) as integer) as refunds
from usual
cross join generate_series(cast(first_month() as timestamp) + interval 50 day, now() - interval 3 day, interval 1 day) as days (day)
where isodow(day) between 2 and 5 and day(day) between 5 and 24
qualify turn <= greatest(2, least(9, months_wanted() // 3));

create table picked as
select refundable.*, bad_days.day
from refundable
join bad_days
    on bad_days.region = refundable.region and refundable.paid_at < bad_days.day and refundable.paid_at > bad_days.day - interval 45 day
where lot >= 8000 and refundable.payment not in (select payment from refunds where payment is not null)
qualify row_number() over (partition by refundable.payment order by bad_days.turn) = 1;

create table spikes as
select picked.*, row_number() over (partition by region, picked.day order by mixed(payment, 'of the bad day')) as turn from picked;

insert into refunds
select
    payment, customer, cast(spikes.day as timestamp) + hours_of_work(payment, 'bad hour'),
    rounded(amount * (20 + roll(payment, 'partly', 80)) / 100, cents),
    one_of(['service_issue', 'service_issue', 'billing_error'], payment, 'reason'), spikes.processor, payment, currency, rate, spikes.region, null, null, null, 'spike'
from spikes
join bad_days on bad_days.region = spikes.region and bad_days.day = spikes.day
where spikes.turn <= bad_days.refunds;

insert into facts
select
    'refund_spike', json_object('region', bad_days.region, 'date', cast(cast(bad_days.day as date) as varchar)), sum(amount * rate), 'USD', 'risk',
    case when count(*) >= 4 + 3 * a_day + 5 * sqrt(a_day) then 'planted' else 'follows' end, -- some days had too few to stand out for certain
    count(*) || ' more than usual'
from bad_days
join refunds on refunds.region = bad_days.region and cast(refunded_at as date) = cast(bad_days.day as date) and fate = 'spike'
group by bad_days.region, bad_days.day, bad_days.a_day;

insert into look_alikes
select distinct
    case when day(cast(refunded_at as date) + 1) = 1 then 'refunds wait for the last day of the month' else 'refunds of the weekend wait for Monday' end,
    'refund_spike', json_object('region', region, 'date', cast(cast(refunded_at as date) as varchar))
from refunds
where day(cast(refunded_at as date) + 1) = 1 or isodow(refunded_at) = 1;

drop table spikes;
drop table picked;
drop table bad_days;
drop table usual;
