-- The rhythm of what is counted by the day: refunds of a region, failed attempts of a processor.

-- The days of the books that have a rhythm. One date of long ago must not stretch them over centuries.
create macro book_days(min_days, max_days) as table
select cast(unnest(generate_series(first_day, last_day, interval 1 day)) as date) as day
from (
    select greatest(first_day, last_day - cast(max_days as integer) + 1) as first_day, last_day
    from clock
) span
where last_day - first_day + 1 >= cast(min_days as integer);

-- The table that is named must have series, day, observed and size, one row for every day of each series. What is observed is counted
-- out of a size: 1 where days are alike, the number of attempts where some of them fail (then are_shares). A day comes back with its
-- forecast, how many deviations it lies above it, and baseline: 1 where it was part of the others' forecasts, 0 where it stood out.
create macro rhythm_of_days(named_points, are_shares) as table
with recursive

span as (
    select min(day) as first_day, max(day) as final_day from query_table(named_points)
),

-- Whole months, so that working days can be counted from both ends of each.
months as (
    select cast(unnest(generate_series(date_trunc('month', first_day), last_day(final_day), interval 1 day)) as date) as day
    from span
),

-- A day's place in its month, by the calendar and by working days.
calendar as (
    select
        day,
        isodow(day) as weekday,
        day(day) as month_day,
        day - last_day(day) - 1 as days_left,
        count(*) filter (where isodow(day) < 6) over from_start as working_day,
        -count(*) filter (where isodow(day) < 6) over to_end as working_days_left
    from months
    window
        from_start as (partition by date_trunc('month', day) order by day),
        to_end as (partition by date_trunc('month', day) order by day desc)
),

-- Each place is told from the start of the month, the last three also from its end, and a weekday's by how many there were of it. What is done
-- by the calendar may slip from a weekend to the working day after or before, or fall on its date whatever weekday that is. So a day may have
-- several places. Batches are common on the first, the middle and the last days of a month: there little is needed to learn one.
places as (
    select
        day,
        way,
        place,
        case when place < 0 or place = 1 or place = case way when 'working day' then 0 else 15 end then 1 else 12 end
            as prior
    from (
        select day, weekday, 'calendar' as way, unnest([month_day, days_left]) as place from calendar
        union all
        select day, weekday, 'whatever weekday', unnest([month_day, days_left]) from calendar
        union all
        select day, weekday, 'working day', unnest([working_day, working_days_left]) from calendar where weekday < 6
        union all
        select cast(day + case weekday when 6 then 2 when 7 then 1 else 0 end as date), weekday, 'day after',
            unnest([month_day, days_left])
        from calendar
        union all
        select cast(day - case weekday when 6 then 1 when 7 then 2 else 0 end as date), weekday, 'day before',
            unnest([month_day, days_left])
        from calendar
        union all
        select day, weekday, unnest(['working day', 'day after', 'day before']), 0 from calendar where weekday > 5
        union all
        select day, weekday, 'weekday', unnest([100 + 10 * weekday + (month_day + 6) // 7, case when days_left >= -7 then 100 + 10 * weekday end])
        from calendar
    ) told
    where place >= -3
),

points as (
    select
        named.series,
        calendar.day,
        cast(named.observed as double) as observed,
        cast(named.size as double) as size,
        calendar.weekday,
        calendar.day - span.first_day as t
    from query_table(named_points) as named
    join calendar on calendar.day = named.day
    cross join span
),

-- The share of the days on which most is tried, and how far they lie from it: where there are but a few such days, one of them must not
-- become its own measure.
usual_shares as (
    select
        series,
        median(observed / size) as share,
        1.4826 * mad(observed / size) as scatter
    from (
        select
            *,
            sum(size * size) over (partition by series) / nullif(sum(size) over (partition by series), 0) as most
        from points
    ) sized
    where size > 0 and size >= most / 2
    group by series
),

-- Three looks at the same days: what stands out in one is left out of the baseline of the next, and each starts from
-- the seasons that the one before it found. No day is part of its own forecast, and every estimate starts from
-- "nothing special" with the weight of a few, so that a thin history claims little.
looks as (
    select
        0 as look,
        points.*,
        case
            when are_shares
                and observed > 1 + size * share + 4 * sqrt(size * share * (1 - share) + pow(size * usual_shares.scatter, 2))
                then 0.0
            else 1.0
        end::double as baseline,
        1.0::double as weekday_factor,
        1.0::double as month_factor,
        false as of_date,
        1.0::double as spread,
        0.0::double as forecast,
        0.0::double as deviations
    from points
    left join usual_shares on usual_shares.series = points.series

    union all

    (
        -- A large day whose share scatters more than chance tells no more than fewer attempts would.
        with usual_level as (
            select
                * exclude (forecast, deviations),
                case when are_shares then spread else 1 end as worth,
                observed * baseline / worth as kept,
                baseline * size / worth as kept_size,
                baseline * size / worth * weekday_factor * month_factor as exposure,
                (sum(observed * baseline / worth) over whole - observed * baseline / worth + 0.5)
                    / greatest(sum(baseline * size / worth) over whole - baseline * size / worth, 1) as usual
            from looks
            where look < 3
            window whole as (partition by series)
        ),

        rough_level as (
            select
                *,
                (sum(kept) over near - kept + 2) / (sum(exposure) over near - exposure + 2 / usual) as rough
            from usual_level
            window near as (partition by series order by day rows between 28 preceding and 28 following)
        ),

        -- A weekday is believed as far as three of its days tell it; a batch of any weekday tells nothing.
        weekday_priors as (
            select
                *,
                case when of_date then 0 else kept end as told,
                case when of_date then 0 else kept_size * rough * month_factor end as foreseen,
                3 * greatest(1, coalesce(sum(foreseen * foreseen) over whole / nullif(sum(foreseen) over whole, 0), 0)) as few
            from rough_level
            window whole as (partition by series)
        ),

        weekdays as (
            select
                * exclude (weekday_factor, told, foreseen, few),
                few + sum(foreseen) over alike - foreseen as weekday_weight,
                (few + sum(told) over alike - told) / weekday_weight as weekday_factor
            from weekday_priors
            window alike as (partition by series, weekday)
        ),

        evens as (
            select
                * exclude (month_factor, of_date),
                size * rough as flat,
                kept_size * rough as flat_kept,
                size * rough * weekday_factor as even,
                kept_size * rough * weekday_factor as even_kept
            from weekdays
        ),

        -- At the places of batches, and where most days of a place stand out together, little is needed to learn what they are.
        month_priors as (
            select
                evens.*,
                places.way,
                places.place,
                case
                    when count(*) over alike > 3
                        and 2 * (countif(observed > 1 + 2 * even) over alike - cast(observed > 1 + 2 * even as integer))
                            >= count(*) over alike - 1
                        then 1
                    else places.prior
                end as prior
            from evens
            join places on places.day = evens.day
            window alike as (partition by evens.series, places.way, places.place)
        ),

        month_counts as (
            select
                * exclude (kept, even_kept, flat_kept),
                prior + sum(even_kept) over alike - even_kept as even_weight,
                prior + sum(flat_kept) over alike - flat_kept as flat_weight,
                prior + sum(kept) over alike - kept as counted
            from month_priors
            window alike as (partition by series, way, place)
        ),

        month_weights as (
            select
                *,
                way = 'whatever weekday' and counted > 2 * flat_weight as of_date,
                case when of_date then flat_weight else even_weight end as weight,
                greatest(case when of_date then flat else even end * counted / weight, 1e-9) as foreseen
            from month_counts
        ),

        -- A day of several places has the one of them at which most is done.
        day_weights as (
            select
                series,
                day,
                way,
                max_by({'place': place, 'of_date': of_date, 'weight': weight, 'counted': counted, 'prior': prior}, foreseen) as own,
                any_value(observed) * ln(max(foreseen)) - max(foreseen) as likelihood
            from month_weights
            group by series, day, way
        ),

        -- The way of counting under which all of the series's days are likelier is the series's own.
        way_choice as (
            select series, max_by(way, (likelihood, way = 'calendar')) as way
            from (select series, way, round(sum(likelihood), 6) as likelihood from day_weights group by series, way) told
            group by series
        ),

        placed as (
            select
                evens.* replace (case when own.of_date then 1 else weekday_factor end as weekday_factor),
                own.place as month_place,
                own.of_date,
                own.counted as month_count,
                own.weight as month_weight,
                own.prior as month_prior
            from evens
            join way_choice on way_choice.series = evens.series
            join day_weights
                on day_weights.series = evens.series and day_weights.day = evens.day and day_weights.way = way_choice.way
        ),

        -- The other days of a month are mostly alike: there a factor is believed where it stands out from chance.
        seasons as (
            select
                *,
                case
                    when month_prior = 1
                        or pow(month_count - month_weight, 2) > 4 * month_weight * spread / worth
                        then month_count / month_weight
                    else 1
                end as month_factor
            from placed
        ),

        exposed as (
            select *, kept_size * weekday_factor * month_factor as e
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
            window near as (partition by series order by day rows between 28 preceding and 28 following)
        ),

        -- A straight line through the neighbourhood, its slope trusted as far as there is something counted to tell it.
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
                1 / (n_sum + 2) + least(coalesce(off_centre * off_centre / (t_spread * mean), 0) * trust, 1)
                    + 1 / weekday_weight + 1 / month_weight as doubt
            from line
        ),

        -- A day that is usually quiet is no spike for reaching a quarter of an ordinary one.
        shares as (
            select
                *,
                least(level * weekday_factor * month_factor, case when are_shares then 0.95 end) as share,
                least(
                    level * greatest(weekday_factor * month_factor, 0.25), case when are_shares then 0.95 end
                ) as measured_share
            from levels
        ),

        -- Chance scatters shares less than counts: where all may fail there is nothing left to chance.
        foreseen as (
            select
                *,
                size * share as expected,
                size * measured_share as measure,
                case when are_shares then 1 - share else 1 end as chance,
                case when are_shares then 1 - measured_share else 1 end as measured_chance
            from shares
        ),

        standstill as (
            select
                *,
                case when sum(observed) over one_day * 10 <= sum(expected) over one_day
                    then sum(expected - observed) over one_day end as missing_1,
                case when sum(observed) over two_days * 10 <= sum(expected) over two_days
                    then sum(expected - observed) over two_days end as missing_2,
                case when sum(observed) over three_days * 10 <= sum(expected) over three_days
                    then sum(expected - observed) over three_days end as missing_3,
                max(month_factor) over three_days > 3 as of_batch
            from foreseen
            window
                one_day as (partition by series order by day rows between 1 preceding and 1 preceding),
                two_days as (partition by series order by day rows between 2 preceding and 1 preceding),
                three_days as (partition by series order by day rows between 3 preceding and 1 preceding)
        ),

        -- A day that makes up for up to three on which things stood still may have theirs as well, unless those were few.
        relieved as (
            select
                * replace (
                    measure + case when not are_shares and greatest(missing_1, missing_2, missing_3) >= case when of_batch then 1 else 4 end
                        then greatest(missing_1, missing_2, missing_3) else 0 end as measure
                ),
                (pow(least(abs(observed - expected), case when are_shares then 2.0 else 2.5 end * sqrt(expected * (spread * chance + expected * doubt))
                    + case when are_shares then baseline else 1 end), 2)
                    - expected * expected * doubt) * chance / (spread * chance + expected * doubt) as scatter
            from standstill
        ),

        -- Both are weighed by how well the day is known. Shares of all sizes scatter alike, and chance the less the larger the day; counts
        -- scatter by more than their root and less than a share of them.
        chances as (
            select
                *,
                expected * chance * chance / (spread * chance + expected * doubt) as by_chance,
                case when are_shares then greatest(size - 1, 0) else sqrt(measure) end as mass
            from relieved
        ),

        -- Never below the scatter of chance events (1), above it where the other days scatter more.
        dispersed as (
            select
                *,
                1 + mass * greatest(
                    0,
                    (sum(scatter - by_chance) over whole - scatter + by_chance)
                        / (10 + sum(by_chance * mass) over whole - by_chance * mass)
                ) as dispersion
            from chances
            window whole as (partition by series)
        ),

        scaled as (
            select *, dispersion * measured_chance + measure * doubt as scale
            from dispersed
        ),

        -- The tails of small counts are long: deviations are the normal equivalent of a day's chance (of counts as Wilson and Hilferty
        -- have it; of shares the root of the deviance).
        measured as (
            select
                *,
                case
                    when observed <= measure then 0
                    when are_shares
                        then sqrt(
                            2 * greatest(
                                (observed - 0.5) * ln((observed - 0.5) / measure)
                                    + (size - observed + 0.5) * ln((size - observed + 0.5) / (size - measure)),
                                0
                            ) / scale * measured_chance
                        )
                    else 3 * sqrt(observed / scale) * (1 - scale / (9 * observed) - pow(measure / observed, 1.0 / 3))
                end as distance,
                case when observed < expected - 3 * sqrt(expected * scale) then 1 else 0 end as stood_still
            from scaled
        ),

        chosen as (
            select *, case when distance < 3 and stood_still = 0 then 1.0 else 0.0 end as ordinary
            from measured
        )

        select
            look + 1,
            series,
            day,
            observed,
            size,
            weekday,
            t,
            -- What stands out in most months is a rhythm; at the usual places of batches every other month is enough.
            case
                when count(*) over alike > case when are_shares then 2 else 1 end
                    and avg(ordinary) over alike < case when month_prior = 1 and not are_shares then 0.51 else 0.5 end
                    then 1.0
                else ordinary
            end,
            weekday_factor,
            month_factor,
            of_date,
            dispersion,
            expected,
            distance
        from chosen
        window alike as (partition by series, month_place)
    )
)

select series, day, observed, size, baseline, forecast, deviations
from looks
where look = 3;

-- The rhythm of amounts: billings of a month, or any series of numbers at even steps. The table that is named must have series, place (a
-- number that grows by one a step), slot (the season that a place belongs to, such as its calendar month or time of day) and value.
-- A point's level is the line through the ordinary points around it, at most so many before and after; its season is what the other
-- points of its slot have above their levels, where there are so many of them. It comes back with both, with swing, which is
-- one ordinary deviation of its forecast, and with ordinary: false where it stands out and is left out of the others' levels.
create macro rhythm_of_amounts(named_points, most_before, most_after, least_alike) as table
with recursive

looks as (
    select
        0 as look,
        series,
        cast(place as double) as place,
        slot,
        cast(value as double) as value,
        true as ordinary,
        0.0::double as season,
        0.0::double as level,
        0.0::double as swing,
        0 as points
    from query_table(named_points)

    union all

    (
        with even as (
            select * exclude (level, swing, points), value - season as even_value
            from looks
            where look < 4
        ),

        -- The first look knows nothing of what stands out, and takes the middle of the neighbours.
        neighbours as (
            select
                *,
                count(*) filter (where ordinary) over near as points,
                median(even_value) filter (where ordinary) over near as middle,
                avg(even_value) filter (where ordinary) over near as mean,
                avg(place) filter (where ordinary) over near as centre,
                regr_sxx(even_value, place) filter (where ordinary) over near as spread,
                regr_sxy(even_value, place) filter (where ordinary) over near as joint,
                regr_syy(even_value, place) filter (where ordinary) over near as height
            from even
            window near as (
                partition by series order by place
                rows between most_before preceding and most_after following exclude current row
            )
        ),

        -- A slope is trusted as far as it stands out from chance.
        lines as (
            select
                *,
                joint / nullif(spread, 0) as slope,
                greatest(height - joint * joint / nullif(spread, 0), 0) / greatest(points - 2, 1) as around_line
            from neighbours
        ),

        levels as (
            select
                *,
                case
                    when look = 0 then middle
                    else mean + coalesce(
                        (place - centre) * slope * slope * slope * spread
                            / nullif(slope * slope * spread + around_line, 0),
                        0
                    )
                end as level,
                sqrt(1 + 1 / greatest(points, 1) + coalesce((place - centre) * (place - centre) / nullif(spread, 0), 0))
                    as doubt
            from lines
        ),

        alike as (
            select
                *,
                case
                    when count(level) filter (where points >= least(6, most_before)) over same_slot >= least_alike
                        then median(value - level) filter (where points >= least(6, most_before)) over same_slot
                end as slot_season
            from levels
            window same_slot as (
                partition by series, slot order by place
                rows between unbounded preceding and unbounded following exclude current row
            )
        ),

        -- A season that explains little of what swings is none.
        rest as (
            select
                *,
                value - level as without_season,
                value - level - coalesce(slot_season, 0) as with_season
            from alike
        ),

        seasons as (
            select
                *,
                quantile_cont(abs(with_season), 0.9) over whole < 0.8 * quantile_cont(abs(without_season), 0.9) over whole
                    or median(abs(with_season)) over whole < 0.7 * median(abs(without_season)) over whole as seasonal
            from rest
            window whole as (partition by series)
        ),

        residuals as (
            select
                * exclude (season),
                case when seasonal then coalesce(slot_season, 0) else 0 end as season,
                case when seasonal then with_season else without_season end / doubt as residual
            from seasons
        ),

        swings as (
            select
                *,
                greatest(
                    1.4826 * median(abs(residual)) filter (where ordinary) over whole,
                    quantile_cont(abs(residual), 0.8) filter (where ordinary) over whole / 1.2816,
                    1e-9
                ) as usual_swing
            from residuals
            window whole as (partition by series)
        )

        select
            look + 1,
            series,
            place,
            slot,
            value,
            coalesce(abs(residual) < 4 * usual_swing, true),
            season,
            level,
            usual_swing * doubt,
            points
        from swings
    )
)

select series, place, slot, value, level, season, level + season as forecast, swing, ordinary, points
from looks
where look = 4;
