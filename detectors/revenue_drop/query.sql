with recursive

limits as (
    select
        cast($deviations as double) as least_deviations,
        cast($min_drop_pct as double) / 100 as least_drop,
        cast($min_months as integer) as least_months,
        cast($max_months as integer) as most_months
),

base as (
    select min(currency) as base_currency
    from (
        select currency
        from fx_rates
        group by currency
        having min(rate_to_base) = 1 and max(rate_to_base) = 1
    ) unconverted
),

-- What is known of each customer's subscriptions: which are annual, and which run on.
agreed as (
    select
        customer_id,
        coalesce(
            list(subscription_id) filter (where coalesce(billing_period, 'monthly') not in ('monthly', 'month')), []
        ) as annual_ids,
        bool_and(coalesce(billing_period, 'monthly') not in ('monthly', 'month')) as all_annual,
        coalesce(
            list(lower(plan_tier)) filter (
                where end_date is null and coalesce(billing_status, '') not in ('cancelled', 'canceled')
            ),
            []
        ) as runs_on,
        count(end_date) > 0 as has_ended
    from subscriptions
    group by customer_id
),

-- Who buys every month does so again, subscribed or not; sales to all others come one by one.
regular as (
    select customer_id
    from invoices
    where not counts_nowhere(status) and customer_id not in (select customer_id from agreed)
    group by customer_id
    having count(distinct month_of(invoice_date)) > greatest(1, datediff('month', min(invoice_date), max(invoice_date)))
),

-- Who is known to have left: a customer with such a status or without a subscription that runs on; from a plan also who changed it.
known as (
    select
        customers.customer_id,
        customers.customer_name,
        customers.region,
        len(agreed.annual_ids) > 0 as has_annual,
        agreed.annual_ids,
        agreed.all_annual,
        agreed.runs_on,
        coalesce(agreed.has_ended, false) as has_ended,
        agreed.customer_id is null and regular.customer_id is null as single,
        lower(customers.status) in ('churned', 'cancelled', 'canceled', 'inactive', 'closed', 'terminated')
            or (agreed.customer_id is not null and len(agreed.runs_on) = 0) as left_all
    from customers
    left join agreed on agreed.customer_id = customers.customer_id
    left join regular on regular.customer_id = customers.customer_id
),

billings as not materialized (
    select
        invoices.invoice_id,
        invoices.customer_id,
        invoices.invoice_date,
        nullif(known.region, '') as region,
        nullif(invoices.plan_tier_billed, '') as plan_tier,
        invoices.currency,
        invoices.billed_amount,
        invoices.to_base,
        case
            when invoices.period_end is not null and invoices.period_start is not null
                then invoices.period_end - invoices.period_start > 45
            when not coalesce(known.has_annual, false) then false
            when invoices.subscription_id is not null then list_contains(known.annual_ids, invoices.subscription_id)
            else known.all_annual
        end as annual,
        known.single,
        known.customer_name,
        known.left_all,
        known.has_ended,
        known.runs_on
    from invoices
    join known on known.customer_id = invoices.customer_id
    where not counts_nowhere(invoices.status)
),

sums as (
    select
        month_of(invoice_date) as month,
        region,
        plan_tier,
        currency,
        coalesce(cast(sum(billed_amount) filter (where not annual) as decimal(38, 4)), 0) as billed,
        coalesce(sum(billed_amount) filter (where annual), 0) as annual,
        coalesce(sum(cast(billed_amount as double) * cast(to_base as double)) filter (where not annual), 0) as billed_in_base,
        count(*) filter (where not annual) as invoices,
        coalesce(sum(pow(cast(billed_amount as double), 2)) filter (where single and not annual), 0) as squares,
        avg(cast(to_base as double)) as rate
    from billings
    group by all
),

-- A rate that moves is no rhythm: each currency counts with its middle rate throughout. Where there are no rates, currencies are
-- books apart.
rates as (
    select
        currency,
        case when base_currency is null then currency else base_currency end as ledger,
        case when base_currency is null then 1 else median(rate) end as rate
    from sums
    cross join base
    group by currency, base_currency
),

-- Complete months only: the one of the clock is, when the books reach its last day.
months as (
    select cast(unnest(generate_series(first_month, last_month, interval 1 month)) as date) as month
    from (
        select
            greatest(min(month), cast(max(month) - to_months(max(most_months)) as date)) as first_month,
            least(max(month), cast(month_of(max(last_day) + 1) - interval 1 month as date)) as last_month
        from sums
        cross join clock
        cross join limits
    ) span
),

group_totals as (
    select ledger, dimension, value, month, sum(billed) as billed
    from (
        select
            ledger,
            month,
            cast(billed as double) * rates.rate as billed,
            unnest(['region', 'plan_tier']) as dimension,
            unnest([region, plan_tier]) as value
        from sums
        join rates using (currency)
    ) sides
    group by all
),

-- Nobody is large whose invoices are all far below the smallest group's.
large_billings as materialized (
    select billings.*, ledger, rate, billed_amount * rate as worth
    from billings
    join rates using (currency)
    where not annual and (left_all or has_ended)
        and customer_id in (
            select customer_id
            from billings
            join rates using (currency)
            cross join limits
            where billed_amount * rate >= 0.1 * least_drop * (
                select min(most) from (select max(billed) as most from group_totals group by ledger, dimension, value) whole where most > 0
            )
        )
),

last_billings as (
    select
        ledger,
        dimension,
        value,
        customer_id,
        any_value(coalesce(customer_name, customer_id)) as name,
        month_of(max(invoice_date)) as month,
        sum(worth) / count(distinct month_of(invoice_date)) as worth
    from (
        select *, unnest(['region', 'plan_tier']) as dimension, unnest([region, plan_tier]) as value
        from large_billings
    ) sides
    where left_all or (dimension = 'plan_tier' and not list_contains(runs_on, lower(plan_tier)))
    group by ledger, dimension, value, customer_id
),

-- One large customer that is known to have left is no drop: it stays out of all months.
leavers as (
    select last_billings.*
    from last_billings
    join group_totals using (ledger, dimension, value, month)
    cross join limits
    where worth >= least_drop * billed and month < (select max(month) from months)
    qualify row_number() over (partition by ledger, dimension, value, month order by worth desc, customer_id) = 1
),

sliced as (
    select *, ledger || '|' || dimension || '|' || value as series
    from (
        select
            ledger,
            currency,
            rates.rate,
            month,
            unnest(['region', 'plan_tier']) as dimension,
            unnest([region, plan_tier]) as value,
            unnest([plan_tier, region]) as other,
            billed,
            billed_in_base,
            annual,
            invoices,
            squares
        from sums
        join rates using (currency)
        union all by name
        select
            ledger,
            currency,
            rate,
            month_of(invoice_date) as month,
            dimension,
            value,
            case dimension when 'region' then plan_tier else region end as other,
            -sum(billed_amount) as billed,
            -sum(cast(billed_amount as double) * cast(to_base as double)) as billed_in_base,
            -count(*) as invoices
        from leavers
        join large_billings using (ledger, customer_id)
        where value = case dimension when 'region' then region else plan_tier end
        group by all
    ) sides
    where value is not null
),

group_months as (
    select
        ledger,
        dimension,
        value,
        series,
        month,
        sum(cast(billed as double) * rate) as billed,
        sum(cast(annual as double) * rate) as annual,
        sum(invoices) as invoices,
        sum(2.25 * squares * rate * rate) as squares
    from sliced
    group by all
),

-- A group begins with its first billing; every month from then on is a point, also one with nothing.
groups as (
    select ledger, dimension, value, series, min(month) as first_month, max(billed) as most
    from group_months
    where billed > 0 and month >= (select min(month) from months)
    group by all
),

points as (
    select
        groups.*,
        months.month,
        datediff('month', first_month, months.month) as place,
        coalesce(group_months.billed, 0) as billed,
        coalesce(group_months.annual, 0) as annual,
        coalesce(group_months.invoices, 0) as invoices,
        coalesce(group_months.squares, 0) as squares
    from groups
    join months on months.month >= first_month
    left join group_months using (series, month)
),

-- Growth is a factor, so it is the logarithm that has a line.
revenue_points as (
    select series, place, month(month) as slot, ln(greatest(billed, most / 1000)) as value
    from points
),

rhythm as (
    select
        points.*,
        named.slot,
        named.value as shown,
        greatest(named.level, until_then.level) as level,
        named.ordinary and until_then.ordinary as ordinary,
        max(named.value) over recent as highest,
        min(named.value) over recent as lowest,
        greatest(
            max(named.value) over recent,
            median(named.value) over (partition by series order by place rows between 1 following and 3 following)
        ) as lately,
        median(named.value) over recent as commonly,
        lag(billed) over by_now as month_1,
        lag(billed, 2) over by_now as month_2,
        lag(billed, 3) over by_now as month_3,
        lag(invoices) over by_now as invoices_before,
        least(
            sum(invoices) over year_before / nullif(sum(billed) over year_before, 0),
            sum(billed) over year_before / nullif(sum(squares) over year_before, 0)
        ) as invoices_a_unit
    from points
    join rhythm_of_amounts('revenue_points', 6, 6, 1) as named using (series, place)
    join rhythm_of_amounts('revenue_points', 12, 0, 1) as until_then using (series, place)
    window
        by_now as (partition by series order by place),
        recent as (partition by series order by place rows between 3 preceding and 1 preceding),
        year_before as (partition by series order by place rows between 12 preceding and 1 preceding)
),

-- The line may go on as it did, but growth that ends is no drop (unless it went on afterwards), nor is a month after three that
-- were as low. After a single high month the next is measured from halfway to it, though the money is what is missing to all of it.
without_season as (
    select *, least(level, lately) as steady, least(level, lately) - least(level, (lately + commonly) / 2) as in_doubt
    from rhythm
    where level is not null
),

-- Customers of a plan who were put on another one, less those who came from one: where they are many they are no loss.
moves as (
    select month, plan_tier, sum(change) as gone
    from (
        select
            month_of(successor.start_date) as month,
            unnest([lower(former.plan_tier), lower(successor.plan_tier)]) as plan_tier,
            unnest([1, -1]) as change
        from subscriptions as former
        join subscriptions as successor
            on successor.customer_id = former.customer_id
            and successor.start_date between former.end_date and former.end_date + 7
            and lower(successor.plan_tier) <> lower(former.plan_tier)
    ) changed
    group by month, plan_tier
),

-- What of a plan a move leaves shows in its month or, billed in arrears, in the next; from then on in the month before as well.
left_over as (
    select
        series,
        place,
        1 - least(coalesce(sum(share) over (partition by series order by place rows between 1 preceding and current row), 0), 0.999)
            as now_left,
        1 - least(coalesce(sum(share) over (partition by series order by place rows between 3 preceding and 1 preceding), 0), 0.999)
            as lately_left
    from (
        select
            points.series,
            points.place,
            moves.gone / lag(points.invoices) over (partition by points.series order by points.place) as moved_share,
            case when moved_share >= 0.2 then moved_share end as share
        from points
        left join moves
            on points.dimension = 'plan_tier' and moves.plan_tier = lower(points.value) and moves.month = points.month
    ) shares
),

-- How the other groups of the dimension moved in the month, and how this one had been moving until then.
movements as (
    select
        *,
        shown - steady as moved,
        median(shown - steady) over others as others_moved,
        case when count(*) over others > 1 then min(shown - steady) over others end as others_least,
        median(shown - lowest) over others as others_lowest,
        lag(shown) over by_now as last_shown,
        lag(shown) over by_now - lag(shown, 2) over by_now as last_step,
        lag(shown, 2) over by_now - lag(shown, 3) over by_now as step_before
    from without_season
    left join left_over using (series, place)
    window
        by_now as (partition by series order by place),
        others as (
            partition by ledger, dimension, month order by value
            rows between unbounded preceding and unbounded following exclude current row
        )
),

-- A low month of another year is a season where it was as low as this one, or no exception in its own year.
seasons as (
    select
        *,
        median(moved) filter (where place >= 6) over other_years as other_low,
        median(moved) filter (where place >= 6 and ordinary) over other_years as ordinary_low,
        case when others_lowest >= -0.2 then others_moved end as shared_low
    from movements
    window
        other_years as (
            partition by series, slot order by place
            rows between unbounded preceding and unbounded following exclude current row
        )
),

-- Nor is a month that was as low in another year, one in which all are as low and were or will be in the months beside it, nor
-- one that goes on falling as it has been for two months.
foreseen as (
    select
        *,
        steady + least(
            coalesce(case when abs(other_low - moved) < -0.25 * moved then other_low else ordinary_low end, 0),
            coalesce(shared_low, 0),
            coalesce(case when last_step < 0 and step_before <= last_step / 4 then last_shown + last_step - steady end, 0),
            0
        ) as unmoved,
        least(unmoved, greatest(unmoved + ln(lately_left), last_shown)) + ln(now_left) + greatest(coalesce(others_least, 0), 0) as foreseen
    from seasons
),

-- How far months of the year before fell short of their own forecasts; the worst fifth may be drops themselves.
swings as (
    select
        *,
        exp(foreseen) as forecast,
        quantile_cont(greatest(foreseen - shown, 0), 0.8) over (
            partition by series order by place rows between 12 preceding and 1 preceding
        ) / 0.8416 as swing
    from foreseen
),

-- Chance alone scatters by the square root of a count.
measured as (
    select
        *,
        1 - billed / (forecast * exp(-in_doubt)) as fallen,
        greatest(
            swing,
            1 / sqrt(nullif(invoices_a_unit * forecast, 0))
        ) as scale
    from swings
),

fallen as (
    select measured.*, fallen / scale as deviations
    from measured
    cross join limits
    where place >= least_months
        and forecast > 0
        and shown <= highest + ln(1 - least_drop)
        and fallen >= least_drop
        and fallen / scale >= least_deviations
),

-- A drop of a region shows in its plans as well, and the other way round. What a group should have billed in each part of the
-- other dimension is told by the half year before.
parts as (
    select
        *,
        dimension || '|' || value as cause,
        case dimension when 'region' then 'plan_tier' else 'region' end || '|' || coalesce(other, '') as other_cause,
        forecast * before / nullif(sum(before) over (partition by series, month), 0) as expected
    from (
        select
            fallen.ledger,
            fallen.dimension,
            fallen.value,
            fallen.series,
            fallen.month,
            sliced.other,
            fallen.scale,
            fallen.forecast,
            coalesce(sum(sliced.billed * sliced.rate) filter (where sliced.month = fallen.month), 0) as billed,
            coalesce(sum(sliced.billed * sliced.rate) filter (where sliced.month < fallen.month), 0) as before
        from fallen
        join sliced using (series)
        where sliced.month between fallen.month - interval 6 month and fallen.month
        group by all
    ) summed
),

-- Round by round the group that explains most is a cause; what the others lack beyond their parts in it decides about them.
rounds as (
    select 0 as round, *, cast([] as varchar[]) as causes, true as goes_on
    from parts

    union all

    (
        with rests as (
            select
                *,
                sum(expected) filter (where not list_contains(causes, other_cause)) over one as rest_expected,
                sum(billed) filter (where not list_contains(causes, other_cause)) over one as rest_billed
            from rounds
            where round < 12 and goes_on
            window one as (partition by series, month)
        ),

        judged as (
            select
                rests.*,
                case
                    when not list_contains(causes, cause)
                        and rest_expected > 0.05 * forecast
                        and rest_expected - rest_billed >= least_drop * rest_expected
                        and (rest_expected - rest_billed) / rest_expected >= least_deviations * scale
                        then pow(rest_expected - rest_billed, 2) / rest_expected
                end as explains
            from rests
            cross join limits
        ),

        ranked as (
            select
                *,
                first_value(case when explains is not null then cause end) over (
                    partition by ledger, month order by round(explains, 6) desc nulls last, dimension desc, value
                    rows between unbounded preceding and unbounded following
                ) as next_cause
            from judged
        )

        select
            * exclude (rest_expected, rest_billed, explains, next_cause) replace (
                round + 1 as round,
                case when next_cause is null then causes else list_append(causes, next_cause) end as causes,
                next_cause is not null as goes_on
            )
        from ranked
    )
),

drops as (
    select *
    from fallen
    where (series, month) in (select (series, month) from rounds where not goes_on and list_contains(causes, cause))
),

mostly as (
    select
        series,
        month,
        max_by(other, expected - billed) as other,
        max(expected - billed) as missing,
        count(*) > 1 and missing > 0.6 * sum(expected - billed) as most
    from parts
    where other is not null
    group by series, month
),

-- Money: in the group's own currency where it has but one, else in the base currency at the rates of the month.
in_currencies as (
    select
        drops.series,
        drops.month,
        drops.ledger,
        sliced.currency,
        sliced.rate,
        count(*) over (partition by drops.series, drops.month) = 1 as one_currency,
        case
            when one_currency or sliced.currency = drops.ledger then sum(sliced.billed) filter (where sliced.month = drops.month)
            else cast(round(sum(sliced.billed_in_base) filter (where sliced.month = drops.month), 2) as decimal(18, 4))
        end as billed
    from drops
    join sliced using (series)
    where sliced.month between drops.month - interval 12 month and drops.month
    group by drops.series, drops.month, drops.ledger, sliced.currency, sliced.rate
),

money as (
    select
        series,
        month,
        any_value(one_currency) as one_currency,
        any_value(case when one_currency then currency else ledger end) as currency,
        any_value(rate) as rate,
        coalesce(cast(sum(billed) as decimal(18, 4)), 0) as billed_exact,
        coalesce(list(currency order by currency) filter (where billed is not null), ['']) as currencies,
        coalesce(
            list(cast(cast(billed as decimal(18, 4)) as varchar) order by currency) filter (where billed is not null), ['0']
        ) as converted_amounts
    from in_currencies
    group by series, month
),

-- How many units of the shown currency one of the ledger's is worth in the month.
priced as (
    select
        drops.*,
        money.* exclude (series, month),
        case
            when one_currency then 1 / rate
            when billed_exact > 0 and billed > 0 then cast(billed_exact as double) / billed
            else 1
        end as unit,
        cast(forecast * unit as decimal(18, 4)) as exact,
        cast(case when minor_digits(currency) = 0 then round(exact) else round(exact, 2) end as decimal(18, 4)) as forecast_exact
    from drops
    join money using (series, month)
),

annual_ids as (
    select series, month, list(invoice_id order by invoice_id) as ids
    from drops
    join billings
        on month_of(invoice_date) = month and value = case dimension when 'region' then billings.region else plan_tier end
    where billings.annual
    group by series, month
),

churn as (
    select
        drops.series,
        drops.month,
        max_by(name, (leavers.month, worth)) as churned,
        max(leavers.month) as churned_month,
        max_by(worth, (leavers.month, worth)) as worth
    from drops
    join leavers using (ledger, dimension, value)
    where leavers.month between drops.month - interval 3 month and drops.month
    group by all
),

left_out as (
    select ledger, dimension, value, list(customer_id order by customer_id) as ids
    from leavers
    group by ledger, dimension, value
)

select
    dimension,
    case dimension when 'region' then 'region' else 'plan' end as dimension_name,
    value,
    strftime(priced.month, '%Y-%m') as date,
    cast(forecast_exact - billed_exact as decimal(18, 4)) as amount,
    currency,
    last_day(priced.month) as fact_date,
    priced.month as first_day,
    invoices,
    invoices_before,
    billed_exact as billed,
    forecast_exact as forecast,
    cast(100 * fallen as decimal(18, 1)) as drop_pct,
    cast(deviations as decimal(18, 1)) as deviations_below,
    cast(month_1 * unit as decimal(18, 2)) as month_1,
    cast(month_2 * unit as decimal(18, 2)) as month_2,
    cast(month_3 * unit as decimal(18, 2)) as month_3,
    case when mostly.most then case dimension when 'region' then 'plan ' else 'region ' end || mostly.other end as mostly,
    cast(mostly.missing * unit as decimal(18, 2)) as mostly_missing,
    case when annual > 0 then cast(annual * unit as decimal(18, 2)) end as annual,
    churned,
    strftime(churned_month, '%Y-%m') as churned_month,
    cast(churn.worth * unit as decimal(18, 2)) as churned_worth,
    case when not one_currency then currency end as converted_into,
    coalesce(annual_ids.ids, ['']) as annual_ids,
    coalesce(left_out.ids, ['']) as left_out_ids,
    currencies,
    converted_amounts,
    case
        when fallen < 0.1 then 'under 10 %'
        when fallen < 0.3 then '10 to 30 %'
        else 'over 30 %'
    end as margin
from priced
left join mostly using (series, month)
left join annual_ids using (series, month)
left join churn using (series, month)
left join left_out using (ledger, dimension, value)
where forecast_exact > billed_exact
order by priced.month, dimension, value, currency
