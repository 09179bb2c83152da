-- A day on which much of what a processor tried failed. What failed was tried again some days later.
create table days as
select processor, cast(paid_at as date) as day, count(*) as attempts, count(*) filter (where status = 'failed') as failed
from payments
group by processor, cast(paid_at as date);

create table rhythm as
select processor, sum(failed) / sum(attempts) as usual from days group by processor;

-- Five or more deviations above the usual share, on days with enough attempts to say so.
create table bad_days as
select
    processor,
    day,
    attempts,
    usual,
    least(0.95, greatest(usual + 7 * sqrt(usual * (1 - usual) / attempts), case turn % 3 when 0 then 0.3 when 1 then 0.55 else 0.8 end)) as failing
from (
    select
        days.*,
        usual,
        row_number() over (order by mixed(epoch(day), processor)) as turn
    from days
    join rhythm using (processor)
    -- Late in a month there are few first attempts, and what is tried again fails more often: no day to tell by.
    where attempts >= 24 and failed <= attempts * usual * 1.5 and day between first_month() + 45 and today() - 10
)
where turn <= greatest(2, least(9, months_wanted() // 3)) and attempts * failing >= 12;

create table stopped as
select payments.payment, bad_days.day
from payments
join bad_days on bad_days.processor = payments.processor and bad_days.day = cast(paid_at as date)
where payments.fate is null and payments.status = 'completed' and share(payment, 'stopped') < failing;

insert into payments
select payments.* replace (
    another(payment, 5) as payment,
    paid_at + to_days(2 + roll(payment, 'after the bad day', 5)) + to_minutes(roll(payment, 'minute after', 300)) as paid_at,
    'after a bad day' as fate
)
from payments join stopped using (payment);

update payments set status = 'failed', fate = 'a bad day' where payment in (select payment from stopped);

insert into facts
select
    'payment_failure_spike', json_object('payment_processor', processor, 'date', cast(bad_days.day as varchar)),
    sum(amount * rate) filter (where status = 'failed') - sum(amount * rate) * any_value(usual), 'USD', 'risk', 'planted',
    round(100 * count(*) filter (where status = 'failed') / count(*)) || ' % of ' || count(*)
from bad_days
join payments using (processor)
where cast(paid_at as date) = bad_days.day
group by processor, bad_days.day
having count(*) >= 20 and count(*) filter (where status = 'failed') > any_value(attempts) * any_value(usual) + 5 * sqrt(any_value(attempts) * any_value(usual));

-- Days with few attempts, on which one more or less is a large share.
create or replace table bad_days as
select processor, day, attempts
from days
where attempts between 3 and 7 and day between first_month() + 45 and today() - 10
qualify row_number() over (order by mixed(epoch(day), processor || ' few')) <= greatest(3, months_wanted() // 2);

create or replace table stopped as
select payments.payment
from payments
join bad_days on bad_days.processor = payments.processor and bad_days.day = cast(paid_at as date)
where payments.fate is null and payments.status = 'completed' and roll(payment, 'few', 10) < 6;

insert into payments
select payments.* replace (another(payment, 5) as payment, paid_at + to_days(1 + roll(payment, 'after the bad day', 5)) as paid_at, 'after a bad day' as fate)
from payments join stopped using (payment);

update payments set status = 'failed', fate = 'a bad day' where payment in (select payment from stopped);

insert into look_alikes
select 'few attempts, most of which failed', 'payment_failure_spike', json_object('payment_processor', processor, 'date', cast(day as varchar))
from bad_days;

insert into look_alikes
select distinct 'a weekend', 'payment_failure_spike', json_object('payment_processor', processor, 'date', cast(day as varchar))
from days
where isodow(day) > 5 and attempts >= 10;

drop table stopped;
drop table bad_days;
drop table rhythm;
drop table days;
