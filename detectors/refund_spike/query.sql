with recursive

limits as (
    select
        2 * cast($multiplier as double) as deviations,
        cast($min_refunds as integer) as min_refunds,
        cast($min_history_days as integer) as min_history_days,
        cast($max_history_days as integer) as max_history_days
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

-- One date of long ago must not stretch every region's days over centuries.
span as (
    select greatest(clock.first_day, clock.last_day - limits.max_history_days + 1) as first_day, clock.last_day
    from clock
    cross join limits
),

-- Whole months, so that working days can be counted from both ends of each.
months as (
    select cast(unnest(generate_series(date_trunc('month', first_day), last_day(last_day), interval 1 day)) as date) as day
    from span
),

-- A day's place in its month is told in two ways, by the calendar and by working days, from the end for the last three.
calendar as (
    select
        day,
        isodow(day) as weekday,
        case when last_day(day) - day < 3 then day - last_day(day) - 1 else day(day) end as month_day,
        case
            when isodow(day) > 5 then 0
            when count(*) filter (where isodow(day) < 6) over to_end <= 3
                then -count(*) filter (where isodow(day) < 6) over to_end
            else count(*) filter (where isodow(day) < 6) over from_start
        end as working_day
    from months
    window
        from_start as (partition by date_trunc('month', day) order by day),
        to_end as (partition by date_trunc('month', day) order by day desc)
),

days as (
    select calendar.*, calendar.day - span.first_day as t
    from calendar
    cross join span
    cross join limits
    where calendar.day between span.first_day and span.last_day
        and span.last_day - span.first_day + 1 >= limits.min_history_days
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
            when base_currency is not null then round(cast(amount as decimal(18, 4)) * to_base, 4)
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
points as (
    select
        busy_regions.region,
        days.*,
        cast(coalesce(refund_days.refunds, 0) as double) as refunds,
        coalesce(refund_days.worth, 0) as worth
    from busy_regions
    cross join days
    left join refund_days on refund_days.region = busy_regions.region and refund_days.day = days.day
),

-- Four looks at the same days: what stands out in one is left out of the baseline of the next, and each starts from
-- the seasons that the one before it found. No day is part of its own forecast, and every estimate starts from
-- "nothing special" with the weight of a few refunds, so that a thin history claims little.
looks as (
    select
        0 as look,
        points.*,
        1.0::double as baseline,
        1.0::double as weekday_factor,
        1.0::double as month_factor,
        1.0::double as spread,
        0.0::double as forecast,
        0.0::double as deviations
    from points

    union all

    (
        with usual_level as (
            select
                * exclude (weekday_factor, forecast, deviations),
                refunds * baseline as kept,
                baseline * weekday_factor * month_factor as exposure,
                (sum(refunds * baseline) over whole - refunds * baseline + 0.5)
                    / greatest(sum(baseline) over whole - baseline, 1) as usual
            from looks
            where look < 4
            window whole as (partition by region)
        ),

        rough_level as (
            select
                *,
                (sum(kept) over near - kept + 2) / (sum(exposure) over near - exposure + 2 / usual) as rough
            from usual_level
            window near as (partition by region order by day rows between 28 preceding and 28 following)
        ),

        weekdays as (
            select
                *,
                3 + sum(baseline * rough * month_factor) over alike - baseline * rough * month_factor as weekday_weight,
                (3 + sum(kept) over alike - kept)
                    / (3 + sum(baseline * rough * month_factor) over alike - baseline * rough * month_factor)
                    as weekday_factor
            from rough_level
            window alike as (partition by region, weekday)
        ),

        -- Batches are common on the first, the middle and the last days of a month: there little is needed to learn one.
        months_by_both as (
            select
                * exclude (month_factor),
                rough * weekday_factor as even,
                baseline * rough * weekday_factor as even_kept,
                case when month_day < 0 or month_day in (1, 15) then 1 else 12 end as calendar_prior,
                case when working_day between -3 and 1 then 1 else 12 end as working_prior
            from weekdays
        ),

        month_weights as (
            select
                *,
                calendar_prior + sum(even_kept) over same_date - even_kept as calendar_weight,
                calendar_prior + sum(kept) over same_date - kept as calendar_count,
                working_prior + sum(even_kept) over same_place - even_kept as working_weight,
                working_prior + sum(kept) over same_place - kept as working_count
            from months_by_both
            window
                same_date as (partition by region, month_day),
                same_place as (partition by region, working_day)
        ),

        -- The way of counting under which all of the region's days are likelier is the region's own.
        month_choice as (
            select
                *,
                sum(
                    refunds * ln(calendar_count / calendar_weight) - even * calendar_count / calendar_weight
                    - refunds * ln(working_count / working_weight) + even * working_count / working_weight
                ) over (partition by region) >= 0 as by_calendar
            from month_weights
        ),

        placed as (
            select
                *,
                case when by_calendar then calendar_count else working_count end as month_count,
                case when by_calendar then calendar_weight else working_weight end as month_weight,
                case when by_calendar then calendar_prior else working_prior end as month_prior
            from month_choice
        ),

        -- The other days of a month are mostly alike: there a factor is believed where it stands out from chance.
        seasons as (
            select
                *,
                case
                    when month_prior = 1 or pow(month_count - month_weight, 2) > 4 * spread * month_weight
                        then month_count / month_weight
                    else 1
                end as month_factor
            from placed
        ),

        exposed as (
            select *, baseline * weekday_factor * month_factor as e
            from seasons
        ),

        neighbourhood as (
            select
                *,
                sum(kept) over near - kept as n_sum,
                sum(kept * t) over near - kept * t as nt_sum,
                sum(e) over near - e as e_sum,
                sum(e * t) over near - e * t as et_sum,
                sum(e * t * t) over near - e * t * t as ett_sum
            from exposed
            window near as (partition by region order by day rows between 28 preceding and 28 following)
        ),

        -- A straight line through the neighbourhood, its slope trusted as far as there are refunds to tell it.
        line as (
            select
                *,
                (n_sum + 2) / (e_sum + 2 / usual) as mean,
                n_sum / (n_sum + 50) as trust,
                t - et_sum / nullif(e_sum, 0) as off_centre,
                nullif(greatest(ett_sum - et_sum * et_sum / nullif(e_sum, 0), 0), 0) as t_spread,
                nt_sum - et_sum / nullif(e_sum, 0) * n_sum as nt_centred
            from neighbourhood
        ),

        levels as (
            select
                *,
                greatest(mean / 2, least(mean * 2, mean + coalesce(off_centre * nt_centred / t_spread, 0) * trust))
                    as level,
                1 / (n_sum + 2) + coalesce(off_centre * off_centre / (t_spread * mean), 0) * trust
                    + 1 / weekday_weight + 1 / least(calendar_weight, working_weight) as doubt
            from line
        ),

        -- A day that is usually quiet is no spike for reaching a quarter of an ordinary one.
        foreseen as (
            select
                *,
                level * weekday_factor * month_factor as expected,
                level * greatest(weekday_factor * month_factor, 0.25) as measure
            from levels
        ),

        standstill as (
            select
                *,
                case when sum(refunds) over one_day * 10 <= sum(expected) over one_day
                    then sum(expected - refunds) over one_day end as missing_1,
                case when sum(refunds) over two_days * 10 <= sum(expected) over two_days
                    then sum(expected - refunds) over two_days end as missing_2,
                case when sum(refunds) over three_days * 10 <= sum(expected) over three_days
                    then sum(expected - refunds) over three_days end as missing_3
            from foreseen
            window
                one_day as (partition by region order by day rows between 1 preceding and 1 preceding),
                two_days as (partition by region order by day rows between 2 preceding and 1 preceding),
                three_days as (partition by region order by day rows between 3 preceding and 1 preceding)
        ),

        -- A day that makes up for up to three on which refunds stood still is relieved of theirs, unless those were few.
        relieved as (
            select
                *,
                refunds - case when greatest(missing_1, missing_2, missing_3) >= 4
                    then greatest(missing_1, missing_2, missing_3) else 0 end as own,
                pow(least(abs(refunds - expected), 3 * sqrt(expected * spread * (1 + expected * doubt)) + 2), 2) as scatter
            from standstill
        ),

        -- Never below the scatter of chance events (1), above it where the region's other days scatter more.
        dispersed as (
            select
                *,
                greatest(
                    1,
                    (10 + sum(scatter) over whole - scatter)
                        / (10 + sum(expected * (1 + expected * doubt)) over whole - expected * (1 + expected * doubt))
                ) as dispersion
            from relieved
            window whole as (partition by region)
        ),

        scaled as (
            select *, dispersion * (1 + measure * doubt) as scale
            from dispersed
        ),

        -- The tail of a small count is long: its deviations are the normal equivalent of its chance (Wilson, Hilferty).
        measured as (
            select
                *,
                case
                    when own > measure
                        then 3 * sqrt(own / scale) * (1 - scale / (9 * own) - pow(measure / own, 1.0 / 3))
                    else 0
                end as distance,
                case when refunds < expected - 3 * sqrt(expected * scale) then 1 else 0 end as stood_still
            from scaled
        ),

        chosen as (
            select *, case when distance < 3 and stood_still = 0 then 1.0 else 0.0 end as ordinary
            from measured
        )

        select
            look + 1,
            region,
            day,
            weekday,
            month_day,
            working_day,
            t,
            refunds,
            worth,
            -- What stands out in most months is a rhythm; at the usual places of batches every other month is enough.
            case
                when count(*) over same_date > 1
                    and avg(ordinary) over same_date < case when calendar_prior = 1 then 0.51 else 0.5 end
                    then 1.0
                when count(*) over same_place > 1
                    and avg(ordinary) over same_place < case when working_prior = 1 then 0.51 else 0.5 end
                    then 1.0
                else ordinary
            end,
            weekday_factor,
            month_factor,
            dispersion,
            expected,
            distance
        from chosen
        window
            same_date as (partition by region, month_day),
            same_place as (partition by region, working_day)
    )
),

rhythm as (
    select
        *,
        sum(worth * baseline) over whole / nullif(sum(refunds * baseline) over whole, 0) as usual_worth,
        max(refunds) over (
            partition by region order by day rows between unbounded preceding and unbounded following exclude current row
        ) as busiest_other
    from looks
    where look = 4
    window whole as (partition by region)
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
