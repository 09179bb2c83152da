-- The rate of each day: the last one on or before it. Days are those of the rates up to the last fact, so that a date
-- finds its rate by equality. The factor is wider than it need be: DuckDB keeps the product of two decimals of up to 18 digits in
-- 18 digits, which with the 12 decimals of money times rate ends at a million.
create table daily_rates as
with rates as (
    select currency, rate_date, max(rate_to_base) as rate_to_base
    from fx_rates
    group by currency, rate_date
),
spans as (
    select
        currency,
        rate_to_base,
        rate_date as from_day,
        coalesce(lead(rate_date) over (partition by currency order by rate_date) - 1,
                 greatest(rate_date, (select last_day from clock), (select cast(now as date) from clock))) as until_day
    from rates
)
select
    currency,
    cast(unnest(range(from_day, until_day + 1, interval 1 day)) as date) as day,
    -- Wider than 18 digits: the product with an amount is then computed in 38, and does not overflow.
    cast(rate_to_base as decimal(20, 8)) as to_base
from spans;
