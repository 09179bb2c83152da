-- How far the points of one series stand out, by the rhythm of amounts: at steps of ${seconds} seconds, ${reach} steps to either side.
create or replace temp table steps as
select
    'series' as series,
    place,
    ${slot} as slot,
    avg(value) as value,
    max(n) as n
from (select n, time, value, ${place} as place from series) placed
group by place;

create or replace temp table deviations as
select
    named.place,
    steps.n,
    coalesce(abs(named.value - named.forecast) / named.swing, 0) as deviation
from rhythm_of_amounts('steps', ${reach}, ${reach}, ${alike}) as named
join steps on steps.place = named.place;

-- A hundred stretches, each told by its largest deviation. How far one stands out among them is told by their logarithms, since
-- where single points often lie far out, far out is not rare.
with stretches as (
    select n * 100 // ${points} as stretch, ln(greatest(max(deviation), 1)) as height
    from deviations
    group by all
),

centred as (
    select *, median(height) over () as middle, quantile_cont(height, 0.9) over () as high
    from stretches
),

scaled as (
    select
        *,
        (height - middle) / greatest(1.4826 * median(abs(height - middle)) over (), (high - middle) / 1.2816, 0.12) as outstanding
    from centred
)

select deviations.n, scaled.outstanding
from deviations
join scaled on scaled.stretch = deviations.n * 100 // ${points}
where ln(greatest(deviations.deviation, 1e-9)) >= scaled.height + ln(0.9)
order by deviations.n;
