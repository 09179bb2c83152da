-- What is due for a period, in the currency's smallest unit, rounded half up at the end. Rent is quantity x price (in hundredths) x
-- months x what the discount leaves x the share of days; overage comes in millionths.
create macro due_units(quantity, price, months, discount_pct, days, period_days, overage, cents) as
    (
        2 * (cast(quantity as hugeint) * cast(price * 100 as hugeint) * months * (100 - discount_pct) * days * 100
            + cast(overage as hugeint) * period_days) * cents
        + cast(1000000 as hugeint) * period_days
    ) // (cast(2000000 as hugeint) * period_days);

create macro due_amount(quantity, price, months, discount_pct, days, period_days, overage, cents) as cast(
    cast(due_units(quantity, price, months, discount_pct, days, period_days, overage, cents) as decimal(18, 0))
        / case cents when 1 then 1 else 100 end as decimal(18, 2));

create table overages as
with counted as (
    select usage_events.customer, feature, month_begin(cast(event_time as date)) as month, sum(units) as units
    from usage_events
    left join rows
        on rows.customer = usage_events.customer
        and rows.trial_end_date is not null
        and cast(event_time as date) between rows.start_date and rows.trial_end_date
    where rows.row_number is null and feature in ('api_calls', 'storage_gb')
    group by usage_events.customer, feature, month_begin(cast(event_time as date))
),
pools as (
    select
        counted.customer,
        counted.feature,
        counted.month,
        counted.units,
        sum(prices.included * rows.quantity) as included,
        min_by(prices.overage_price, (rows.start_date, rows.subscription_id)) as unit_price
    from counted
    join rows
        on rows.customer = counted.customer
        and rows.billing = 'monthly'
        and last_day(counted.month) between rows.start_date and rows.until
    join prices
        on prices.plan = rows.plan
        and prices.currency = rows.currency
        and prices.feature = counted.feature
        and last_day(counted.month) between prices.valid_from and prices.valid_to
    group by counted.customer, counted.feature, counted.month, counted.units
)
select
    pools.customer,
    pools.feature,
    pools.month,
    cast(pools.month + interval 1 month as date) as billed_in,
    pools.units - pools.included as units,
    pools.unit_price,
    cast((pools.units - pools.included) * 100 as hugeint) * cast(pools.unit_price * 10000 as hugeint) as overage,
    min_by(rows.row_number, (rows.start_date, rows.subscription_id)) as row_number
from pools
join rows
    on rows.customer = pools.customer
    and rows.billing = 'monthly'
    and rows.start_date <= last_day(cast(pools.month + interval 1 month as date))
    and rows.until >= cast(pools.month + interval 1 month as date)
where pools.units > pools.included
group by all;

create table periods as
with monthly as (
    select
        rows.*,
        month_at(months.place) as month,
        months.place as month_place,
        greatest(month_at(months.place), rows.start_date) as first_day,
        least(last_day(month_at(months.place)), rows.until) as last_day,
        1 as months,
        day(last_day(month_at(months.place))) as period_days
    from rows
    join range(-1, months_wanted()) as months (place)
        on rows.start_date <= last_day(month_at(months.place)) and rows.until >= month_at(months.place)
    where rows.billing = 'monthly'
),
annual as (
    select
        rows.*,
        month_begin(cast(rows.start_date + to_years(cast(years.year as integer)) as date)) as month,
        date_diff('month', first_month(), cast(rows.start_date + to_years(cast(years.year as integer)) as date)) as month_place,
        cast(rows.start_date + to_years(cast(years.year as integer)) as date) as first_day,
        cast(cast(rows.start_date + to_years(cast(years.year + 1 as integer)) as date) - 1 as date) as last_day,
        12 as months,
        1 as period_days
    from rows
    cross join range(0, 8) as years (year)
    where rows.billing = 'annual'
        and cast(rows.start_date + to_years(cast(years.year as integer)) as date) between first_month() and least(rows.until, today())
),
-- The days of a trial are free. Its last period shows them, or begins after them.
paid as (
    select
        every.* exclude (first_day),
        case
            when trial_end_date >= first_day and roll(every.row_number, 'shows trial', 2) = 0 then trial_end_date + 1
            else first_day
        end as first_day,
        cast(case when months = 12 then 1 else last_day - greatest(first_day, coalesce(trial_end_date + 1, first_day)) + 1 end as integer) as days
    from (from monthly union all from annual) as every
    where month < coalesce(stops_from, date '9999-01-01')
),
billable as (
    select
        paid.*,
        coalesce(overage.units, 0) as over_units,
        coalesce(overage.unit_price, 0) as over_price,
        cast(coalesce(overage.overage, 0) as bigint) as overage,
        price_locked_until is not null and first_day <= price_locked_until as locked,
        case when discount_pct > 0 and first_day <= coalesce(discount_end_date, date '9999-12-31') then discount_pct else 0 end as discount
    from paid
    left join (
        select row_number, billed_in, sum(units) as units, max(unit_price) as unit_price, sum(overage) as overage
        from overages group by row_number, billed_in
    ) overage on overage.row_number = paid.row_number and overage.billed_in = paid.month
    where paid.days > 0
)
select
    billable.row_number * 1000 + 500 + billable.month_place as bill,
    billable.* exclude (catalogue_price),
    prices.price as catalogue_price,
    prices.former_price,
    prices.valid_from as price_since,
    cast(case when locked then monthly_price else prices.price end as decimal(12, 2)) as unit_price,
    currencies.cents
from billable
join prices
    on prices.plan = billable.plan
    and prices.currency = billable.currency
    and billable.first_day between prices.valid_from and prices.valid_to
join currencies on currencies.currency = billable.currency;
