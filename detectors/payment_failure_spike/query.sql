with limits as (
    select
        cast($deviations as double) as least_deviations,
        cast($min_attempts as integer) as min_attempts,
        cast($min_history_days as integer) as min_history_days
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

-- One invoice that is tried again and again is one failure: later attempts tell about the card and no longer about the processor.
first_failures as materialized (
    select
        payment_id,
        invoice_id,
        customer_id,
        payment_processor as processor,
        cast(payment_date as date) as day,
        payment_date,
        amount,
        currency,
        to_base
    from payments
    where status = 'failed' and amount > 0
    qualify coalesce(invoice_id, '') = ''
        or row_number() over (partition by invoice_id order by payment_date, payment_id) = 1
),

-- Pending payments have not been decided yet. Failures are known at once, so the youngest of the pending are what will be completed.
settled as materialized (
    select
        payments.payment_processor as processor,
        cast(payments.payment_date as date) as day,
        payments.currency,
        any_value(payments.to_base) as to_base,
        count(*) as attempts,
        sum(payments.amount) as amount
    from payments
    left join first_failures on first_failures.invoice_id = payments.invoice_id and first_failures.invoice_id <> ''
    where payments.amount > 0 and payments.payment_processor <> ''
        and (
            payments.status = 'completed'
            or (
                payments.status = 'pending'
                and cast(payments.payment_date as date) > (select last_day from clock) - cast($pending_days as integer)
            )
        )
        and (first_failures.day is null or cast(payments.payment_date as date) <= first_failures.day)
    group by all
),

-- Failures of invoices that were long due: runs over old cards, which mostly fail whatever the processor does.
late_failures as (
    select payment_id, processor, day
    from first_failures
    join invoices using (invoice_id)
    where day > coalesce(due_date, cast(invoice_date as date) + 30) + cast($long_due_days as integer)
),

-- They are left out where they come again and again: a single day of them may be the processor's own.
runs_of_retries as (
    select processor, day
    from (
        select
            processor,
            day,
            count(*) as times,
            sum(count(*)) over (
                partition by processor order by day
                range between interval 35 days preceding and interval 35 days following
            ) as around
        from late_failures
        group by processor, day
    ) late_days
    where around >= 2 * times
),

failures as materialized (
    select *
    from first_failures
    where processor <> ''
        and payment_id not in (select payment_id from late_failures join runs_of_retries using (processor, day))
),

attempt_days as (
    select processor, day, sum(attempts) as attempts, sum(failed) as failed
    from (
        select processor, day, attempts, 0 as failed from settled
        union all
        select processor, day, 1, 1 from failures
    ) tried
    group by processor, day
),

-- A processor is judged once it has days enough, and on at least one of them failures enough.
known_processors as (
    select processor, min(day) as first_day
    from attempt_days
    cross join limits
    group by processor, min_attempts, min_history_days
    having max(day) - min(day) + 1 >= min_history_days
        and count(*) filter (where attempts >= 0.5 * min_attempts and failed > 1) > 0
),

-- Every day is a point; one without attempts says nothing about their share.
failure_points as (
    select
        known_processors.processor as series,
        days.day,
        coalesce(attempt_days.failed, 0) as observed,
        coalesce(attempt_days.attempts, 0) as size
    from known_processors
    cross join book_days($min_history_days, $max_history_days) as days
    left join attempt_days on attempt_days.processor = known_processors.processor and attempt_days.day = days.day
),

rhythm as (
    select
        series as processor,
        day,
        observed as failed,
        size as attempts,
        forecast,
        deviations,
        max(case when size >= 0.5 * min_attempts then observed / size end) over (
            partition by series order by day
            rows between unbounded preceding and unbounded following exclude current row
        ) as worst_other
    from rhythm_of_days('failure_points', true)
    cross join limits
),

others as (
    select
        rhythm.processor,
        rhythm.day,
        sum(attempt_days.attempts) as attempts,
        sum(attempt_days.failed) / sum(attempt_days.attempts) as share
    from rhythm
    join limits on rhythm.deviations >= limits.least_deviations
    join attempt_days on attempt_days.day = rhythm.day and attempt_days.processor <> rhythm.processor
    group by rhythm.processor, rhythm.day
),

-- At the end of the books what will be paid later is missing at every processor: there a spike must be the processor's own.
outliers as (
    select rhythm.*, others.attempts as others_attempts, round(100 * others.share, 1) as others_share
    from rhythm
    join limits on rhythm.deviations >= limits.least_deviations
    cross join clock
    left join others on others.processor = rhythm.processor and others.day = rhythm.day
    where rhythm.day <= clock.last_day - cast($settling_days as integer)
        and (
            rhythm.day <= clock.last_day - cast($pending_days as integer)
            or rhythm.failed > 2 * rhythm.attempts * coalesce(others.share, 0)
        )
        and (
            rhythm.attempts >= limits.min_attempts
            or (rhythm.attempts >= 0.5 * limits.min_attempts and rhythm.failed > 0.5 * rhythm.attempts)
        )
),

-- Money: in the failed payments' own currency where it is but one, else in the base currency, else in the one most have.
spike_currencies as (
    select
        processor,
        day,
        case when count(*) = 1 then min(currency) else coalesce(min(base_currency), min_by(currency, (-times, currency))) end
            as shown_currency,
        count(*) > 1 and min(base_currency) is not null as convert
    from (
        select processor, day, currency, count(*) as times
        from failures
        join outliers using (processor, day)
        group by processor, day, currency
    ) used
    cross join base
    group by processor, day
),

-- Rates are by the day, so that amounts of one day and currency convert together.
valued as (
    select
        *,
        currency <> shown_currency as is_other,
        cast(
            case
                when convert then round(cast(amount as decimal(38, 4)) * to_base, 2)
                when currency = shown_currency then amount
                else 0
            end as decimal(18, 4)
        ) as worth
    from (
        select processor, day, currency, to_base, amount, payment_id, invoice_id, customer_id from failures
        union all
        select processor, day, currency, to_base, amount, null, null, null from settled
    ) tried
    join spike_currencies using (processor, day)
),

-- One invoice that is tried again and again is no failure of the processor.
totals as (
    select
        processor,
        day,
        shown_currency as currency,
        cast(sum(worth) filter (where payment_id is not null) as decimal(18, 4)) as failed_worth,
        cast(sum(worth) as decimal(18, 4)) as tried_worth,
        nullif(count(distinct customer_id), 0) as customers,
        list(payment_id order by payment_id) filter (where payment_id is not null) as payment_ids,
        coalesce(list(payment_id order by payment_id) filter (where payment_id is not null and is_other), ['']) as converted_ids,
        coalesce(
            list(cast(worth as varchar) order by payment_id) filter (where payment_id is not null and is_other), ['0']
        ) as converted_amounts,
        max(case when convert and is_other then shown_currency end) as converted_into,
        nullif(count(payment_id) filter (where is_other and not convert), 0) as unvalued
    from valued
    group by processor, day, shown_currency
    having count(distinct coalesce(invoice_id, payment_id)) > 2
),

-- The forecast takes the day's share of what was tried; never more of the failed amount than of the failures.
spikes as (
    select
        outliers.*,
        totals.* exclude (processor, day),
        cast(
            round(
                cast(
                    least(forecast / attempts * cast(tried_worth as double), cast(failed_worth as double) * forecast / failed)
                    as decimal(18, 4)
                ),
                2
            ) as decimal(18, 4)
        ) as exact_worth
    from outliers
    join totals using (processor, day)
),

later as (
    select processor, day, count(distinct failures.invoice_id) as collected
    from failures
    join spikes using (processor, day)
    join payments as retry on retry.invoice_id = failures.invoice_id
    where retry.status = 'completed' and retry.payment_date > failures.payment_date
    group by processor, day
),

shown as (
    select
        spikes.*,
        case when minor_digits(currency) = 0 then round(exact_worth) else exact_worth end as expected_worth
    from spikes
)

select
    shown.processor as payment_processor,
    shown.day as date,
    cast(shown.failed_worth - shown.expected_worth as decimal(18, 4)) as amount,
    shown.currency,
    shown.day as fact_date,
    dayname(shown.day) as weekday,
    shown.payment_ids,
    cast(shown.failed as integer) as failed,
    cast(shown.attempts as integer) as attempts,
    cast(100 * shown.failed / shown.attempts as decimal(18, 1)) as failed_share,
    shown.customers,
    shown.failed_worth,
    cast(shown.expected_worth as decimal(18, 4)) as expected_worth,
    cast(shown.forecast as decimal(18, 2)) as forecast,
    cast(100 * shown.forecast / shown.attempts as decimal(18, 1)) as forecast_share,
    cast(shown.deviations as decimal(18, 1)) as deviations_above,
    cast(100 * shown.worst_other as decimal(18, 1)) as worst_other,
    shown.others_attempts,
    cast(shown.others_share as decimal(18, 1)) as others_share,
    later.collected as collected_later,
    shown.converted_into,
    shown.unvalued,
    shown.converted_ids,
    shown.converted_amounts,
    case
        when shown.deviations < 6 then 'up to 6 deviations'
        when shown.deviations < 10 then 'up to 10 deviations'
        else 'over 10 deviations'
    end as margin
from shown
left join later on later.processor = shown.processor and later.day = shown.day
order by shown.processor, shown.day
