with limits as (
    select
        2 * cast($multiplier as double) as deviations,
        cast($min_refunds as integer) as min_refunds
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

-- What is a case of its own already is no part of the rhythm.
open_refunds as (
    select
        refunds.refund_id,
        refunds.customer_id,
        customers.region,
        cast(refunds.refund_date as date) as day,
        coalesce('payment:' || nullif(trim(refunds.linked_payment_id), ''), 'refund:' || refunds.refund_id)
            as refunded_thing,
        refunds.amount,
        refunds.currency,
        refunds.to_base,
        lower(trim(refunds.reason)) as reason
    from refunds
    join customers on customers.customer_id = refunds.customer_id
    where refunds.amount > 0
        and nullif(trim(customers.region), '') is not null
        and not exists (
            select 1 from counted where counted.kind = 'refund' and counted.id = refunds.refund_id
        )
),

main_currencies as (
    select region, currency as main_currency
    from (select region, currency, count(*) as times from open_refunds group by region, currency) used
    qualify row_number() over (partition by region order by times desc, currency) = 1
),

-- Without rates only the region's main currency has a value: others cannot be added to it.
valued as (
    select
        open_refunds.*,
        base_currency,
        main_currency,
        case
            when base_currency is not null then round(cast(amount as decimal(38, 4)) * to_base, 4)
            when currency = main_currency then cast(amount as decimal(18, 4))
            else 0
        end as worth
    from open_refunds
    join main_currencies using (region)
    cross join base
),

refund_days as (
    select region, day, count(distinct refunded_thing) as refunds, cast(sum(worth) as double) as worth
    from valued
    group by region, day
),

busy_regions as (
    select region
    from refund_days
    cross join limits
    group by region, min_refunds
    having max(refunds) >= min_refunds
),

-- Every day is a point, also one without a refund.
refund_points as (
    select busy_regions.region as series, days.day, coalesce(refund_days.refunds, 0) as observed, 1 as size
    from busy_regions
    cross join book_days($min_history_days, $max_history_days) as days
    left join refund_days on refund_days.region = busy_regions.region and refund_days.day = days.day
),

rhythm as (
    select
        days.series as region,
        days.day,
        days.observed as refunds,
        days.forecast,
        days.deviations,
        sum(refund_days.worth * days.baseline) over whole / nullif(sum(days.observed * days.baseline) over whole, 0)
            as usual_worth,
        max(days.observed) over (
            partition by days.series order by days.day
            rows between unbounded preceding and unbounded following exclude current row
        ) as busiest_other
    from rhythm_of_days('refund_points', false) as days
    left join refund_days on refund_days.region = days.series and refund_days.day = days.day
    window whole as (partition by days.series)
),

spikes as (
    select rhythm.*
    from rhythm
    cross join limits
    where rhythm.deviations >= limits.deviations
        and rhythm.refunds >= limits.min_refunds
),

-- Money: in the day's own currency where it has but one, else in the base currency.
spike_refunds as (
    select
        valued.*,
        spikes.forecast,
        spikes.usual_worth
    from valued
    join spikes on spikes.region = valued.region and spikes.day = valued.day
),

spike_currencies as (
    select
        region,
        day,
        case
            when min(currency) = max(currency) then min(currency)
            when min(base_currency) is not null then min(base_currency)
            else min(main_currency)
        end as currency,
        min(currency) = max(currency) as one_currency
    from spike_refunds
    group by region, day
),

spike_money as (
    select
        refund_id,
        customer_id,
        region,
        day,
        spike_currencies.currency,
        cast(case when one_currency then amount else round(worth, 2) end as decimal(18, 4)) as counted,
        spike_refunds.currency <> spike_currencies.currency as converted,
        base_currency is not null as rated,
        forecast * coalesce(usual_worth, 0) / case when one_currency and base_currency is not null then to_base else 1 end
            as forecast_worth
    from spike_refunds
    join spike_currencies using (region, day)
),

totals as (
    select
        region,
        day,
        currency,
        cast(sum(counted) as decimal(18, 4)) as refunded,
        cast(
            case
                when currency in (
                    'BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV',
                    'XAF', 'XOF', 'XPF'
                )
                    then round(cast(min(forecast_worth) as decimal(18, 4)))
                else round(cast(min(forecast_worth) as decimal(18, 4)), 2)
            end as decimal(18, 4)
        ) as expected_worth,
        max(case when converted and rated then currency end) as converted_into,
        case when not bool_and(rated) then nullif(count(*) filter (where converted), 0) end as unvalued,
        list(refund_id order by refund_id) as refund_ids,
        coalesce(list(refund_id order by refund_id) filter (where converted), ['']) as converted_ids,
        coalesce(list(cast(counted as varchar) order by refund_id) filter (where converted), ['0']) as converted_amounts,
        count(distinct customer_id) as customers
    from spike_money
    group by region, day, currency
),

main_reasons as (
    select region, day, reason, times
    from (
        select region, day, coalesce(reason, '') as reason, count(*) as times
        from spike_refunds
        group by region, day, coalesce(reason, '')
    ) told
    qualify row_number() over (partition by region, day order by times desc, reason) = 1
),

left_out as (
    select customers.region, cast(refunds.refund_date as date) as day, count(*) as times
    from counted
    join refunds on refunds.refund_id = counted.id
    join customers on customers.customer_id = refunds.customer_id
    where counted.kind = 'refund'
    group by customers.region, cast(refunds.refund_date as date)
)

select
    spikes.region,
    spikes.day as date,
    round(totals.refunded - totals.expected_worth, 2) as amount,
    totals.currency,
    spikes.day as fact_date,
    dayname(spikes.day) as weekday,
    totals.refund_ids,
    len(totals.refund_ids) as refunds,
    cast(spikes.refunds as integer) as counted_as,
    case when len(totals.refund_ids) > spikes.refunds then cast(spikes.refunds as integer) end as merged_into,
    totals.customers,
    totals.refunded,
    totals.expected_worth,
    cast(spikes.forecast as decimal(18, 2)) as forecast,
    cast(spikes.deviations as decimal(18, 1)) as deviations_above,
    cast(spikes.busiest_other as integer) as busiest_other,
    case when main_reasons.times > 1 then nullif(main_reasons.reason, '') end as shared_reason,
    main_reasons.times as shared_times,
    left_out.times as left_out,
    totals.converted_into,
    totals.unvalued,
    totals.converted_ids,
    totals.converted_amounts,
    main_reasons.reason as reason,
    case
        when spikes.deviations < 6 then 'up to 6 deviations'
        when spikes.deviations < 10 then 'up to 10 deviations'
        else 'over 10 deviations'
    end as margin
from spikes
join totals on totals.region = spikes.region and totals.day = spikes.day
join main_reasons on main_reasons.region = spikes.region and main_reasons.day = spikes.day
left join left_out on left_out.region = spikes.region and left_out.day = spikes.day
where round(totals.refunded - totals.expected_worth, 2) > 0
order by spikes.region, spikes.day
