create table currencies (currency varchar, unit_factor decimal(12, 4), cents integer, per_base double);

insert into currencies values ('USD', 1, 100, 1), ('EUR', 0.92, 100, 1.08), ('GBP', 0.79, 100, 1.27), ('JPY', 150, 1, 0.0067);

create table plan_names (plan integer, plan_tier varchar, price decimal(12, 2), included integer, feature varchar, overage_price decimal(12, 4));

insert into plan_names values
    (0, 'starter', 29, 1000, 'api_calls', 0.0200),
    (1, 'growth', 99, 10000, 'api_calls', 0.0150),
    (2, 'business', 299, 50000, 'api_calls', 0.0100),
    (3, 'enterprise', 799, 2000, 'storage_gb', 0.4500);

-- When which plan changed its price, in months from the first of the books, and to how much of the first price.
create table price_changes (plan integer, change integer, in_month integer, percent integer);

insert into price_changes values
    (0, 0, null, 100), (0, 1, 5, 110), (0, 2, 15, 121),
    (1, 0, null, 100), (1, 1, -10, 106), (1, 2, 3, 117), (1, 3, 16, 125),
    (2, 0, null, 100), (2, 1, 7, 108), (2, 2, 18, 99),
    (3, 0, null, 100), (3, 1, -4, 105), (3, 2, 4, 112), (3, 3, 12, 119);

create table prices as
with valid as (
    select
        plan,
        currency,
        case when in_month is null then date '2016-01-01' else cast(first_month() + to_months(in_month) as date) end as valid_from,
        -- Prices end in 9 where there are cents, in 80 where there are none.
        case
            when cents = 1 then round(price * unit_factor * percent / 10000) * 100 - 20
            else round(price * unit_factor * percent / 100) - case when plan > 0 and change > 0 then 0.01 else 0 end
        end as price,
        included,
        feature,
        case when cents = 1 then round(overage_price * unit_factor, 1) else round(overage_price * unit_factor * percent / 100, 4) end
            as overage_price
    from price_changes
    join plan_names using (plan)
    cross join currencies
)
select
    plan,
    currency,
    valid_from,
    coalesce(lead(valid_from) over changes - 1, date '9999-12-31') as valid_to,
    cast(price as decimal(12, 2)) as price,
    lag(cast(price as decimal(12, 2))) over changes as former_price,
    included,
    feature,
    cast(overage_price as decimal(12, 4)) as overage_price
from valid
window changes as (partition by plan, currency order by valid_from);

-- Rates are published on Mondays and hold until the next.
create table published_rates as
select
    currency,
    cast(monday as date) as rate_date,
    case
        when currency = 'USD' then 1
        else cast(
            round(per_base * (1 + 0.05 * sin(epoch(monday) / 86400 / 71 + unicode(currency)) + 0.004 * share(epoch(monday), currency)), 6)
            as decimal(18, 6))
    end as rate_to_base
from currencies
cross join generate_series(cast(date_trunc('week', first_month()) as timestamp) - interval 70 day, now(), interval 7 day) as mondays (monday);

create table rates as
select currencies.currency, cast(day as date) as day, rate_to_base as rate
from currencies
cross join generate_series(cast(first_month() as timestamp) - interval 62 day, now() + interval 1 day, interval 1 day) as days (day)
asof join published_rates on published_rates.currency = currencies.currency and days.day >= published_rates.rate_date;
