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
        lower(customers.status) in ('churned', 'cancelled', 'canceled', 'inactive', 'closed', 'terminated')
            or (agreed.customer_id is not null and len(agreed.runs_on) = 0) as left_all
    from customers
    left join agreed on agreed.customer_id = customers.customer_id
),

billings as not materialized (
    select
        invoices.invoice_id,
        invoices.customer_id,
        invoices.invoice_date,
        known.region,
        invoices.plan_tier_billed as plan_tier,
        invoices.currency,
        invoices.billed_amount,
        invoices.to_base,
        case
            when invoices.period_end is not null and invoices.period_start is not null
                then invoices.period_end - invoices.period_start > 45
            when not coalesce(known.has_annual, false) then false
            when invoices.subscription_id is not null then list_contains(known.annual_ids, invoices.subscription_id)
            else known.all_annual
        end as annual
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
        annual,
        cast(sum(billed_amount) as decimal(38, 4)) as billed,
        sum(cast(billed_amount as double) * cast(to_base as double)) as billed_in_base,
        avg(cast(to_base as double)) as rate,
        count(*) as invoices
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

cells as (
    select
        rates.ledger,
        sums.month,
        nullif(sums.region, '') as region,
        nullif(sums.plan_tier, '') as plan_tier,
        sums.currency,
        rates.rate,
        coalesce(sum(billed) filter (where not annual), 0) as billed,
        coalesce(sum(billed) filter (where annual), 0) as annual,
        coalesce(sum(billed_in_base) filter (where not annual), 0) as billed_in_base,
        coalesce(sum(invoices) filter (where not annual), 0) as invoices
    from sums
    join rates on rates.currency = sums.currency
    group by all
),

-- Complete months only: the one of the clock is, when the books reach its last day.
months as (
    select
        cast(unnest(generate_series(first_month, last_month, interval 1 month)) as date) as month
    from (
        select
            greatest(min(month), cast(max(month) - to_months(max(most_months)) as date)) as first_month,
            least(
                max(month),
                case
                    when max(last_day) = last_day(max(last_day)) then month_of(max(last_day))
                    else cast(month_of(max(last_day)) - interval 1 month as date)
                end
            ) as last_month
        from cells
        cross join clock
        cross join limits
    ) span
),

dimensions as (
    select 'region' as dimension, 'plan_tier' as other_dimension
    union all
    select 'plan_tier', 'region'
),

sliced as (
    select
        ledger,
        dimension,
        case when dimension = 'region' then region else plan_tier end as value,
        other_dimension,
        case when dimension = 'region' then plan_tier else region end as other,
        month,
        currency,
        rate,
        billed,
        annual,
        billed_in_base,
        invoices
    from cells
    cross join dimensions
    where case when dimension = 'region' then region else plan_tier end is not null
),

group_totals as (
    select ledger, dimension, value, month, sum(cast(billed as double) * rate) as billed
    from sliced
    group by all
),

-- Nobody is large whose invoices are all far below the smallest group's.
smallest as (
    select min(most) as billed
    from (select max(billed) as most from group_totals group by ledger, dimension, value) whole
    where most > 0
),

large_ones as materialized (
    select *
    from known
    where (left_all or has_ended)
        and customer_id in (
            select invoices.customer_id
            from invoices
            join rates on rates.currency = invoices.currency
            cross join smallest
            cross join limits
            where not counts_nowhere(invoices.status)
                and invoices.billed_amount * rates.rate >= 0.1 * least_drop * smallest.billed
        )
),

large_billings as materialized (
    select *
    from billings
    where not annual and customer_id in (select customer_id from large_ones)
),

last_billings as (
    select
        rates.ledger,
        billings.customer_id,
        any_value(large_ones.customer_name) as customer_name,
        dimension,
        case when dimension = 'region' then billings.region else plan_tier end as value,
        month_of(max(invoice_date)) as last_month,
        sum(billed_amount * rates.rate) / count(distinct month_of(invoice_date)) as worth
    from large_billings as billings
    join large_ones on large_ones.customer_id = billings.customer_id
    join rates on rates.currency = billings.currency
    cross join dimensions
    where left_all
        or (dimension = 'plan_tier' and has_ended and not list_contains(runs_on, lower(plan_tier)))
    group by all
),

-- One large customer that is known to have left is no drop: it stays out of all months.
large_leavers as (
    select last_billings.*
    from last_billings
    join group_totals
        on group_totals.ledger = last_billings.ledger
        and group_totals.dimension = last_billings.dimension
        and group_totals.value = last_billings.value
        and group_totals.month = last_billings.last_month
    cross join limits
    where last_billings.worth >= least_drop * group_totals.billed
        and last_billings.last_month < (select max(month) from months)
    qualify row_number() over (
        partition by last_billings.ledger, last_billings.dimension, last_billings.value, last_month
        order by worth desc, customer_id
    ) = 1
),

left_out as (
    select
        large_leavers.ledger,
        large_leavers.dimension,
        large_leavers.value,
        case when large_leavers.dimension = 'region' then nullif(plan_tier, '') else nullif(region, '') end as other,
        month_of(invoice_date) as month,
        billings.currency,
        sum(billed_amount) as billed,
        sum(cast(billed_amount as double) * cast(to_base as double)) as billed_in_base,
        count(*) as invoices
    from large_leavers
    join large_billings as billings on billings.customer_id = large_leavers.customer_id
    join rates on rates.currency = billings.currency and rates.ledger = large_leavers.ledger
    where large_leavers.value = case when large_leavers.dimension = 'region' then region else plan_tier end
    group by all
),

kept as (
    select
        sliced.* replace (
            sliced.billed - coalesce(left_out.billed, 0) as billed,
            sliced.billed_in_base - coalesce(left_out.billed_in_base, 0) as billed_in_base,
            sliced.invoices - coalesce(left_out.invoices, 0) as invoices
        )
    from sliced
    left join left_out
        on left_out.ledger = sliced.ledger
        and left_out.dimension = sliced.dimension
        and left_out.value = sliced.value
        and left_out.other is not distinct from sliced.other
        and left_out.month = sliced.month
        and left_out.currency = sliced.currency
),

group_months as (
    select
        ledger,
        dimension,
        value,
        month,
        sum(cast(billed as double) * rate) as billed,
        sum(cast(annual as double) * rate) as annual,
        sum(invoices) as invoices
    from kept
    group by all
),

-- A group begins with its first billing; every month from then on is a point, also one with nothing.
groups as (
    select ledger, dimension, value, min(month) as first_month, max(billed) as most
    from group_months
    where billed > 0 and month >= (select min(month) from months)
    group by all
),

points as (
    select
        groups.ledger,
        groups.dimension,
        groups.value,
        groups.ledger || '|' || groups.dimension || '|' || groups.value as series,
        months.month,
        datediff('month', groups.first_month, months.month) as place,
        coalesce(group_months.billed, 0) as billed,
        coalesce(group_months.annual, 0) as annual,
        coalesce(group_months.invoices, 0) as invoices,
        groups.most / 1000 as least_shown
    from groups
    join months on months.month >= groups.first_month
    left join group_months
        on group_months.ledger = groups.ledger
        and group_months.dimension = groups.dimension
        and group_months.value = groups.value
        and group_months.month = months.month
),

-- Growth is a factor, so it is the logarithm that has a line.
revenue_points as (
    select series, place, month(month) as slot, ln(greatest(billed, least_shown)) as value
    from points
),

rhythm as (
    select
        points.*,
        named.slot,
        named.value as shown,
        greatest(named.level, until_then.level) as level,
        named.ordinary and until_then.ordinary as ordinary,
        max(named.value) over (
            partition by named.series order by named.place rows between 3 preceding and 1 preceding
        ) as highest,
        min(named.value) over (partition by named.series order by named.place rows between 6 preceding and 1 preceding) as lowest,
        greatest(
            max(named.value) over (partition by named.series order by named.place rows between 3 preceding and 1 preceding),
            median(named.value) over (partition by named.series order by named.place rows between 1 following and 3 following)
        ) as lately,
        median(named.value) over (
            partition by named.series order by named.place rows between 3 preceding and 1 preceding
        ) as commonly,
        sum(points.invoices) over year_before / nullif(sum(points.billed) over year_before, 0) as invoices_a_unit,
        coalesce(avg(points.annual) over year_before, 0) as usual_annual
    from rhythm_of_amounts('revenue_points', 6, 6, 1) as named
    join rhythm_of_amounts('revenue_points', 12, 0, 1) as until_then
        on until_then.series = named.series and until_then.place = named.place
    join points on points.series = named.series and points.place = named.place
    window year_before as (partition by named.series order by named.place rows between 12 preceding and 1 preceding)
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

-- What scatters less than its peers' months may do so by luck; and chance alone scatters by the square root of a count.
measured as (
    select
        *,
        invoices_a_unit * forecast as forecast_invoices,
        1 - billed / (forecast * exp(-in_doubt)) as fallen,
        greatest(
            swing,
            median(swing) over (partition by ledger, dimension, month),
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
        and fallen >= least_drop * (1 + greatest(usual_annual, 0) / forecast)
        and forecast - billed >= least_drop * exp(unmoved)
        and fallen / scale >= least_deviations
),

-- A drop of a region shows in its plans as well, and the other way round. What a group should have billed in each part of the
-- other dimension is told by the half year before.
parts as (
    select
        fallen.ledger,
        fallen.month,
        fallen.dimension,
        fallen.value,
        any_value(kept.other_dimension) as other_dimension,
        kept.other,
        any_value(fallen.scale) as scale,
        any_value(fallen.swing) as swing,
        coalesce(sum(kept.billed * kept.rate) filter (where kept.month = fallen.month), 0) as billed,
        coalesce(sum(kept.billed * kept.rate) filter (where kept.month < fallen.month), 0) as before,
        any_value(fallen.forecast) as forecast,
        any_value(fallen.forecast_invoices) as forecast_invoices
    from fallen
    join kept
        on kept.ledger = fallen.ledger
        and kept.dimension = fallen.dimension
        and kept.value = fallen.value
        and kept.month between fallen.month - interval 6 month and fallen.month
    group by fallen.ledger, fallen.month, fallen.dimension, fallen.value, kept.other
),

expected_parts as (
    select
        *,
        dimension || '|' || value as cause,
        other_dimension || '|' || coalesce(other, '') as other_cause,
        forecast * before / nullif(sum(before) over (partition by ledger, month, dimension, value), 0) as expected
    from parts
),

-- Round by round the group that explains most is a cause; what the others lack beyond their parts in it decides about them.
rounds as (
    select
        0 as round,
        expected_parts.*,
        cast([] as varchar[]) as causes,
        true as goes_on
    from expected_parts

    union all

    (
        with rests as (
            select
                *,
                sum(expected) filter (where not list_contains(causes, other_cause)) over one as rest_expected,
                sum(billed) filter (where not list_contains(causes, other_cause)) over one as rest_billed
            from rounds
            where round < 12 and goes_on
            window one as (partition by ledger, month, dimension, value)
        ),

        judged as (
            select
                rests.*,
                case
                    when not list_contains(causes, cause)
                        and rest_expected > 0.05 * forecast
                        and rest_expected - rest_billed >= least_drop * rest_expected
                        and (rest_expected - rest_billed) / rest_expected
                            >= least_deviations
                                * greatest(swing, scale * case when rest_expected < 0.95 * forecast then 1 else 0.999 end,
                                    1 / sqrt(nullif(forecast_invoices * rest_expected / forecast, 0)))
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
            round + 1,
            ledger,
            month,
            dimension,
            value,
            other_dimension,
            other,
            scale,
            swing,
            billed,
            before,
            forecast,
            forecast_invoices,
            cause,
            other_cause,
            expected,
            case when next_cause is null then causes else list_append(causes, next_cause) end,
            next_cause is not null
        from ranked
    )
),

causes as (
    select distinct ledger, month, cause
    from rounds
    where not goes_on and list_contains(causes, cause)
),

drops as (
    select fallen.*
    from fallen
    join causes
        on causes.ledger = fallen.ledger
        and causes.month = fallen.month
        and causes.cause = fallen.dimension || '|' || fallen.value
),

mostly as (
    select
        ledger,
        month,
        dimension,
        value,
        max_by(other, expected - billed) as other,
        max(expected - billed) as missing,
        count(*) as parts,
        sum(expected - billed) as missing_in_all
    from expected_parts
    where other is not null
    group by ledger, month, dimension, value
),

-- Money: in the group's own currency where it has but one, else in the base currency at the rates of the month.
group_currencies as (
    select
        drops.ledger,
        drops.dimension,
        drops.value,
        drops.month,
        count(distinct kept.currency) = 1 as one_currency,
        min(kept.currency) as currency,
        min(kept.rate) as rate
    from drops
    join kept
        on kept.ledger = drops.ledger
        and kept.dimension = drops.dimension
        and kept.value = drops.value
        and kept.month between drops.month - interval 12 month and drops.month
    group by all
),

billed_by_currency as (
    select
        drops.ledger,
        drops.dimension,
        drops.value,
        drops.month,
        kept.currency,
        case
            when one_currency or kept.currency = drops.ledger then sum(kept.billed)
            else cast(round(sum(kept.billed_in_base), 2) as decimal(18, 4))
        end as billed
    from drops
    join group_currencies using (ledger, dimension, value, month)
    join kept
        on kept.ledger = drops.ledger
        and kept.dimension = drops.dimension
        and kept.value = drops.value
        and kept.month = drops.month
    group by drops.ledger, drops.dimension, drops.value, drops.month, kept.currency, one_currency
),

totals as (
    select
        ledger,
        dimension,
        value,
        month,
        cast(sum(billed) as decimal(18, 4)) as billed,
        list(currency order by currency) as currencies,
        list(cast(cast(billed as decimal(18, 4)) as varchar) order by currency) as converted_amounts
    from billed_by_currency
    group by ledger, dimension, value, month
),

-- How many units of the shown currency one of the ledger's is worth in the month.
shown as (
    select
        drops.*,
        case when one_currency then group_currencies.currency else drops.ledger end as currency,
        one_currency,
        coalesce(totals.billed, 0) as billed_exact,
        coalesce(totals.currencies, ['']) as currencies,
        coalesce(totals.converted_amounts, ['0']) as converted_amounts,
        case
            when one_currency then 1 / group_currencies.rate
            when totals.billed > 0 and drops.billed > 0 then cast(totals.billed as double) / drops.billed
            else 1
        end as unit
    from drops
    join group_currencies using (ledger, dimension, value, month)
    left join totals using (ledger, dimension, value, month)
),

priced as (
    select
        *,
        cast(
            case
                when minor_digits(currency) = 0 then round(cast(forecast * unit as decimal(18, 4)))
                else round(cast(forecast * unit as decimal(18, 4)), 2)
            end as decimal(18, 4)
        ) as forecast_exact
    from shown
),

annual_ids as (
    select drops.ledger, drops.dimension, drops.value, drops.month, list(invoice_id order by invoice_id) as ids
    from drops
    join billings
        on month_of(billings.invoice_date) = drops.month
        and drops.value = case when drops.dimension = 'region' then billings.region else billings.plan_tier end
    where billings.annual
        and billings.invoice_date between (select min(month) from drops) and (select last_day(max(month)) from drops)
    group by all
),

churn as (
    select
        drops.ledger,
        drops.dimension,
        drops.value,
        drops.month,
        list(large_leavers.customer_id order by large_leavers.customer_id) as ids,
        max_by(coalesce(customer_name, large_leavers.customer_id), (last_month, worth))
            filter (where last_month between drops.month - interval 3 month and drops.month) as churned,
        max(last_month) filter (where last_month between drops.month - interval 3 month and drops.month) as churned_month,
        max_by(worth, (last_month, worth))
            filter (where last_month between drops.month - interval 3 month and drops.month) as worth
    from drops
    join large_leavers
        on large_leavers.ledger = drops.ledger
        and large_leavers.dimension = drops.dimension
        and large_leavers.value = drops.value
    group by all
),

earlier as (
    select
        drops.ledger,
        drops.dimension,
        drops.value,
        drops.month,
        max(points.billed) filter (where points.place = drops.place - 1) as month_1,
        max(points.billed) filter (where points.place = drops.place - 2) as month_2,
        max(points.billed) filter (where points.place = drops.place - 3) as month_3,
        max(points.invoices) filter (where points.place = drops.place - 1) as invoices
    from drops
    join points on points.series = drops.series
    group by all
)

select
    priced.dimension,
    case when priced.dimension = 'region' then 'region' else 'plan' end as dimension_name,
    priced.value,
    strftime(priced.month, '%Y-%m') as date,
    cast(forecast_exact - billed_exact as decimal(18, 4)) as amount,
    priced.currency,
    last_day(priced.month) as fact_date,
    priced.month as first_day,
    priced.invoices,
    earlier.invoices as invoices_before,
    billed_exact as billed,
    forecast_exact as forecast,
    cast(100 * fallen as decimal(18, 1)) as drop_pct,
    cast(deviations as decimal(18, 1)) as deviations_below,
    cast(earlier.month_1 * unit as decimal(18, 2)) as month_1,
    cast(earlier.month_2 * unit as decimal(18, 2)) as month_2,
    cast(earlier.month_3 * unit as decimal(18, 2)) as month_3,
    case
        when mostly.parts > 1 and mostly.missing > 0.6 * mostly.missing_in_all
            then case when priced.dimension = 'region' then 'plan ' else 'region ' end || mostly.other
    end as mostly,
    cast(mostly.missing * unit as decimal(18, 2)) as mostly_missing,
    case when priced.annual > 0 then cast(priced.annual * unit as decimal(18, 2)) end as annual,
    churn.churned,
    strftime(churn.churned_month, '%Y-%m') as churned_month,
    cast(churn.worth * unit as decimal(18, 2)) as churned_worth,
    case when not one_currency then priced.currency end as converted_into,
    coalesce(annual_ids.ids, ['']) as annual_ids,
    coalesce(churn.ids, ['']) as left_out_ids,
    priced.currencies,
    priced.converted_amounts,
    case
        when fallen < 0.1 then 'under 10 %'
        when fallen < 0.3 then '10 to 30 %'
        else 'over 30 %'
    end as margin
from priced
left join mostly
    on mostly.ledger = priced.ledger
    and mostly.month = priced.month
    and mostly.dimension = priced.dimension
    and mostly.value = priced.value
left join annual_ids
    on annual_ids.ledger = priced.ledger
    and annual_ids.month = priced.month
    and annual_ids.dimension = priced.dimension
    and annual_ids.value = priced.value
left join churn
    on churn.ledger = priced.ledger
    and churn.month = priced.month
    and churn.dimension = priced.dimension
    and churn.value = priced.value
left join earlier
    on earlier.ledger = priced.ledger
    and earlier.month = priced.month
    and earlier.dimension = priced.dimension
    and earlier.value = priced.value
where forecast_exact > billed_exact
order by priced.month, priced.dimension, priced.value, priced.currency
