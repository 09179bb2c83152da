-- A contract is what a customer has agreed to over the years; its rows are the subscriptions, one after the other.
create table contracts as
with first_ones as (
    select customer, 0 as place, customer * 2 as contract from customers where not is_prospect
),
second_ones as (
    select customer, 1, customer * 2 + 1 from customers
    where not is_prospect and roll(customer, 'second', 100) < 9 and roll(customer, 'old', 100) < 66
),
begun as (
    select
        contract,
        customer,
        place,
        case
            when roll(customer, 'old', 100) < 66 or place = 1
                then cast(first_month() - to_months(2 + roll(contract, 'age', 34)) as date)
            else month_at(roll(contract, 'begins', months_wanted()))
        end + case when roll(contract, 'first day', 100) < 55 then 0 else 1 + roll(contract, 'day', 26) end as start_date,
        case when place = 0 and roll(customer, 'annual', 100) < 13 then 'annual' else 'monthly' end as billing,
        roll(customer, 'annual', 100) < 13 as has_annual
    from (from first_ones union all from second_ones)
),
-- The add-on begins after what it is added to; nobody has an annual and a monthly one.
placed as (
    select
        begun.* exclude (start_date),
        case when place = 1 then start_date + 1200 else start_date end as start_date
    from begun
    where place = 0 or not has_annual
),
ended as (
    select
        *,
        case
            when billing = 'annual' and roll(contract, 'ends', 100) < 8
                then cast(cast(start_date + to_years(1 + roll(contract, 'years', 3)) as date) - 1 as date)
            when billing = 'monthly' and roll(contract, 'ends', 100) < 13
                then last_day(month_at(roll(contract, 'end month', greatest(months_wanted(), 1))))
                    - case when roll(contract, 'end in month', 100) < 60 then 0 else 1 + roll(contract, 'end day', 26) end
        end as end_date
    from placed
)
select
    ended.* exclude (end_date),
    case when end_date > start_date + 60 then end_date end as end_date,
    case
        when roll(contract, 'plan', 100) < 42 then 0 when roll(contract, 'plan', 100) < 76 then 1
        when roll(contract, 'plan', 100) < 94 then 2 else 3
    end as plan,
    billing = 'monthly' and roll(customer, 'arrears', 100) < 8 as arrears,
    -- What the books call cancelled, without saying when, and what is paused: from this month on there are no invoices.
    case
        when billing = 'monthly' and end_date is null and place = 0 and roll(contract, 'stops', 1000) < 30 and months_wanted() > 3
            then month_at(months_wanted() - 1 - roll(contract, 'stop month', months_wanted() // 2))
    end as stops_from,
    case when roll(contract, 'stops', 1000) < 20 then 'paused' else 'cancelled' end as stopped_as,
    -- Only who joins may try.
    case
        when place = 0 and billing = 'monthly' and start_date >= first_month() and roll(contract, 'trial', 100) < 30
            then start_date + case when roll(contract, 'trial days', 3) = 0 then 29 else 13 end
    end as trial_end_date
from ended
where start_date <= today();

update contracts set stops_from = null where stops_from <= start_date + 62;

-- A part of a region, or of a plan, pauses for a month: a drop of its revenue that no single invoice shows.
create table drops as
with months as (
    select place, row_number() over (order by mixed(place, 'drop month')) as turn
    from range(7, months_wanted() - 1) as places (place)
    where place % 4 = 3 -- far from each other
)
select
    turn,
    month_at(place) as month,
    ['LATAM', null, 'APAC', null][turn] as region,
    [null, 2, null, 1][turn] as plan,
    [50, 45, 30, 35][turn] as percent
from months
where turn <= 4;

create table changes as
with drawn as (
    select contract, 1 as place, roll(contract, 'change 1', 100) < 24 as happens from contracts where billing = 'monthly'
    union all
    select contract, 2, roll(contract, 'change 2', 100) < 9 from contracts where billing = 'monthly'
),
chosen as (
    select
        contract,
        month_at(roll(contract * 3 + place, 'change month', months_wanted()))
            + case when roll(contract * 3 + place, 'change on first', 100) < 50 then 0 else 1 + roll(contract * 3 + place, 'change day', 26) end
            as day,
        one_of(['plan', 'plan', 'plan', 'seats', 'seats', 'renewal', 'pause'], contract * 3 + place, 'change') as kind,
        0 as gap
    from drawn
    where happens
    union all
    -- Some of the summer pauses of EMEA, year after year.
    select contract, cast(august as date), 'pause', 1
    from contracts
    join customers using (customer)
    cross join generate_series(cast(first_month() as timestamp), now(), interval 1 month) as months (august)
    where region = 'EMEA' and billing = 'monthly' and month(august) = 8 and roll(contract, 'summer', 1000) < 25
    union all
    select contract, drops.month, 'pause', 1
    from contracts
    join customers using (customer)
    join drops
        on (drops.region is null or drops.region = customers.region)
        and (drops.plan is null or drops.plan = contracts.plan)
    where billing = 'monthly' and stops_from is null and roll(contract + drops.turn, 'drops', 100) < drops.percent
),
-- Not two changes within seventy days, nor one at the beginning or the end.
kept as (
    select
        chosen.*,
        lag(day) over (partition by contract order by day, kind, gap) as day_before
    from chosen
    join contracts using (contract)
    where day > greatest(start_date, coalesce(trial_end_date, start_date)) + 35
        and day < coalesce(least(end_date, stops_from - 1), date '9999-01-01') - 62
        and day <= today() - 62
)
select
    contract,
    day,
    kind,
    case
        when gap = 1 then cast(day + interval 1 month as date)
        when kind = 'pause' then cast(day + to_days(20 + roll(contract, 'pause', 40)) as date)
        else day
    end as resumes,
    row_number() over (partition by contract order by day) as place
from kept
where day_before is null or day > day_before + 70;

create table rows as
with starts as (
    select contract, 0 as place, start_date, null as kind from contracts
    union all
    select contract, place, resumes, kind from changes
),
bounded as (
    select
        starts.contract,
        starts.place,
        starts.start_date,
        starts.kind,
        coalesce(changes.day - 1, contracts.end_date) as end_date,
        changes.kind as next_kind
    from starts
    join contracts using (contract)
    left join changes on changes.contract = starts.contract and changes.place = starts.place + 1
),
agreed as (
    select
        bounded.*,
        bounded.contract * 8 + bounded.place as row_number,
        contracts.customer,
        contracts.billing,
        contracts.arrears,
        customers.currency,
        case when bounded.place = 0 then contracts.trial_end_date end as trial_end_date,
        case when next_kind is null then contracts.stops_from end as stops_from,
        contracts.stopped_as,
        contracts.plan as first_plan,
        cast(sum(case when kind = 'plan' then case when roll(bounded.contract * 8 + bounded.place, 'up', 10) < 7 then 1 else -1 end else 0 end)
            over before as integer) as plan_moves,
        cast(sum(case when kind = 'seats' then 1 + roll(bounded.contract * 8 + bounded.place, 'more seats', 6) else 0 end)
            over before as integer) as seats_added
    from bounded
    join contracts using (contract)
    join customers on customers.customer = contracts.customer
    window before as (partition by bounded.contract order by bounded.place)
),
planned as (
    select
        *,
        greatest(0, least(3, first_plan + plan_moves)) as plan,
        seats_added + 1 + case first_plan
            when 0 then roll(contract, 'seats', 3)
            when 1 then roll(contract, 'seats', 9)
            when 2 then roll(contract, 'seats', 20)
            else 4 + roll(contract, 'seats', 40)
        end as quantity,
        case
            when next_kind = 'renewal' or kind = 'renewal' or roll(row_number, 'discount', 100) < 16
                then one_of([5, 10, 10, 15, 20, 20, 25, 30, 40], row_number, 'percent')
            else 0
        end as discount_pct
    from agreed
)
select
    planned.row_number,
    subscription_id(planned.row_number) as subscription_id,
    planned.contract,
    planned.place,
    planned.customer,
    planned.plan,
    planned.start_date,
    planned.end_date,
    coalesce(planned.end_date, date '9999-12-31') as until,
    planned.quantity,
    planned.billing,
    planned.arrears,
    planned.currency,
    planned.trial_end_date,
    planned.stops_from,
    planned.kind,
    planned.next_kind,
    case
        when stops_from is not null then stopped_as
        when trial_end_date >= today() then 'trial'
        when planned.end_date < today() and roll(planned.row_number, 'cancelled', 10) < 6 then 'cancelled'
        else 'active'
    end as billing_status,
    planned.discount_pct,
    -- A discount ends with a month, mostly; sometimes on the very first day of one, which still has it.
    case
        when planned.discount_pct = 0 then null
        when next_kind = 'renewal' then planned.end_date
        when roll(planned.row_number, 'discount ends', 100) < 35 then null
        when roll(planned.row_number, 'discount ends', 100) < 80
            then last_day(month_at(roll(planned.row_number, 'discount month', months_wanted())))
        when roll(planned.row_number, 'discount ends', 100) < 92
            then month_at(roll(planned.row_number, 'discount month', months_wanted()))
        else month_at(roll(planned.row_number, 'discount month', months_wanted())) + 1 + roll(planned.row_number, 'discount day', 25)
    end as discount_end_date,
    case
        when roll(planned.row_number, 'lock', 100) < 12 then
            case roll(planned.row_number, 'lock ends', 3)
                when 0 then month_at(roll(planned.row_number, 'lock month', months_wanted()))
                when 1 then last_day(month_at(roll(planned.row_number, 'lock month', months_wanted())))
                else cast(cast(planned.start_date + to_years(2) as date) - 1 as date)
            end
    end as price_locked_until,
    prices.price as catalogue_price,
    cast(case
        when roll(planned.row_number, 'lock', 100) < 12 and roll(planned.row_number, 'bargain', 2) = 0
            then case planned.currency when 'JPY' then round(prices.price * 0.9) else round(prices.price * 0.9, 2) end
        else prices.price
    end as decimal(12, 2)) as monthly_price
from planned
join prices
    on prices.plan = planned.plan
    and prices.currency = planned.currency
    and planned.start_date between prices.valid_from and prices.valid_to;

-- A lock that ended before it began is none.
update rows set price_locked_until = null where price_locked_until < start_date;
update rows set discount_end_date = null where discount_end_date < start_date;

-- One customer is worth about a twelfth of a region, and leaves.
create table leaver as
select
    rows.row_number,
    last_day(month_at(months_wanted() * 2 // 3)) as leaves,
    greatest(rows.quantity, cast(worth.regions_worth / 11 / catalogue_price as integer)) as quantity
from rows
join customers using (customer)
join (
    select region, rows.currency, sum(catalogue_price * rows.quantity) as regions_worth
    from rows join customers using (customer)
    where rows.place = 0 and rows.start_date <= first_month()
    group by region, rows.currency
) worth on worth.region = customers.region and worth.currency = rows.currency
where customers.region = 'NA' and rows.place = 0 and rows.next_kind is null and end_date is null
    and rows.stops_from is null and billing = 'monthly' and not arrears and rows.start_date < first_month()
    and customers_wanted() >= 200 and months_wanted() >= 9
order by rows.plan desc, mixed(row_number, 'large')
limit 1;

update rows
set quantity = leaver.quantity, end_date = leaver.leaves, until = leaver.leaves, billing_status = 'cancelled'
from leaver
where rows.row_number = leaver.row_number;

insert into look_alikes
select 'one large customer left', 'revenue_drop', json_object('dimension', 'region', 'value', 'NA', 'date', strftime(leaves + 1, '%Y-%m'))
from leaver;

drop table leaver;
