-- Each month of each customer who had something in force, with the row that was in force last in it.
create table active_months as
select
    customers.customer,
    month_at(months.place) as month,
    max_by(rows.row_number, (rows.start_date, rows.row_number)) as row_number,
    min(rows.start_date) as begun,
    max(least(rows.until, coalesce(rows.stops_from - 1, rows.until))) as until,
    bool_or(rows.stops_from is not null and rows.billing_status = 'cancelled') as end_unknown,
    bool_or(rows.trial_end_date >= month_at(months.place)) as on_trial
from range(months_wanted()) as months (place)
join rows
    on rows.start_date <= last_day(month_at(months.place))
    and least(rows.until, coalesce(rows.stops_from - 1, rows.until)) >= month_at(months.place)
join customers using (customer)
group by customers.customer, months.place;

-- Most customers stay well within what their plan includes, some come near it, some go beyond.
create table usage_plans as
select
    active_months.*,
    active_months.customer * 1000 + date_diff('month', first_month(), month) as number,
    rows.plan,
    prices.feature,
    greatest(active_months.begun, month) as from_day,
    least(active_months.until, last_day(month), today()) as to_day,
    cast(cast(prices.included as bigint) * rows.quantity * case
        when end_unknown then 10 + roll(active_months.customer * 1000 + date_diff('month', first_month(), month), 'appetite', 50)
        when on_trial then 50 + roll(active_months.customer * 1000 + date_diff('month', first_month(), month), 'appetite', 200)
        when roll(active_months.customer, 'hungry', 100) < 70
            then 15 + roll(active_months.customer * 1000 + date_diff('month', first_month(), month), 'appetite', 75)
        when roll(active_months.customer, 'hungry', 100) < 90
            then 75 + roll(active_months.customer * 1000 + date_diff('month', first_month(), month), 'appetite', 32)
        else 85 + roll(active_months.customer * 1000 + date_diff('month', first_month(), month), 'appetite', 90)
    end / 100 as bigint) as units
from active_months
join rows using (row_number)
join prices
    on prices.plan = rows.plan
    and prices.currency = rows.currency
    and last_day(month) between prices.valid_from and prices.valid_to;

create table usage_events as
with metered as (
    select
        usage_plans.number * 16 + part as event,
        customer,
        row_number,
        from_day,
        to_day,
        feature,
        case feature
            when 'storage_gb' then cast(units * (80 + roll(usage_plans.number * 16 + part, 'units', 41)) / 300 as decimal(18, 2))
            else round(units * (80 + roll(usage_plans.number * 16 + part, 'units', 41)) / 300)
        end as units
    from usage_plans
    cross join range(3) as parts (part)
    where from_day <= to_day
),
-- What no plan meters, and what is reported with nothing in it.
free as (
    select
        usage_plans.number * 16 + 8 + part,
        customer,
        row_number,
        from_day,
        to_day,
        one_of(['reports', 'exports', 'seats_seen', 'logins'], usage_plans.number * 16 + 8 + part, 'free feature'),
        case when part = 1 then 0 else 1 + roll(usage_plans.number * 16 + 8 + part, 'units', 100000) end
    from usage_plans
    cross join range(2) as parts (part)
    where from_day <= to_day and roll(usage_plans.number * 16 + 8 + part, 'free', 100) < 12
)
select
    event,
    customer,
    row_number,
    cast(from_day + roll(event, 'day', to_day - from_day + 1) as timestamp) + to_seconds(roll(event, 'second', 86400)) as event_time,
    cast(units as decimal(18, 2)) as units,
    feature
from (from metered union all from free);

-- Nothing is used in a pause, nor after the clock.
delete from usage_events
where event_time > now()
    or not exists (
        from rows
        where rows.customer = usage_events.customer
            and cast(event_time as date) between rows.start_date and rows.until
    );

insert into usage_events
with leaving as (
    select row_number, customer, plan, currency, end_date
    from rows
    where next_kind is null and end_date is not null and end_date < today() - 8
        and customer not in (select customer from contracts where place = 1)
),
-- The last reports arrive within the grace of seven days.
late as (
    select
        100000000000 + row_number as event,
        leaving.*,
        cast(end_date + 1 + roll(row_number, 'grace day', 7) as timestamp) + to_seconds(roll(row_number, 'grace', 86400)) as event_time
    from leaving
    where roll(row_number, 'graceful', 100) < 20
)
select
    event, customer, row_number, event_time,
    cast(5 + roll(row_number, 'grace units', 200) as decimal(18, 2)), 'api_calls'
from late
where event_time <= now();

insert into look_alikes
select 'usage in the days of grace', 'usage_without_subscription', json_object('customer_id', customer_id(customer))
from usage_events where event >= 100000000000 and event < 200000000000;

-- Empty reports go on for months after the end.
insert into usage_events
select
    200000000000 + row_number, customer, row_number,
    cast(end_date + 10 + roll(row_number, 'empty day', 40) as timestamp) + to_seconds(roll(row_number, 'empty', 86400)), 0, 'api_calls'
from rows
where next_kind is null and end_date < today() - 60 and customer not in (select customer from contracts where place = 1)
    and roll(row_number, 'empty reports', 100) < 10;

-- Who has signed up and never bought may look around, as long as nothing is counted.
insert into usage_events
select 300000000000 + customer, customer, null, now() - to_days(1 + roll(customer, 'looks', least(300, months_wanted() * 28))), 0, 'logins'
from customers
where is_prospect and roll(customer, 'looks around', 2) = 0;

insert into look_alikes
select 'usage of zero units', 'usage_without_subscription', json_object('customer_id', customer_id(customer))
from usage_events where event >= 200000000000 and event < 400000000000;
