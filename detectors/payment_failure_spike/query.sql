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
first_failures as (
    select invoice_id, min((payment_date, payment_id)) as first_try, min(cast(payment_date as date)) as day
    from payments
    where status = 'failed' and amount > 0 and invoice_id <> ''
    group by invoice_id
),

-- Pending payments have not been decided yet. Failures are known at once, so the youngest of the pending are what will be completed.
attempts as (
    select
        payments.payment_id,
        payments.invoice_id,
        payments.customer_id,
        payments.payment_processor as processor,
        cast(payments.payment_date as date) as day,
        payments.payment_date,
        payments.status = 'failed' as failed,
        payments.amount,
        payments.currency,
        payments.to_base
    from payments
    left join first_failures on first_failures.invoice_id = payments.invoice_id
    where payments.amount > 0 and payments.payment_processor <> ''
        and (
            payments.status in ('completed', 'failed')
            or (
                payments.status = 'pending'
                and cast(payments.payment_date as date) > (select last_day from clock) - cast($pending_days as integer)
            )
        )
        and (
            first_failures.day is null
            or cast(payments.payment_date as date) < first_failures.day
            or (payments.status <> 'failed' and cast(payments.payment_date as date) = first_failures.day)
            or (payments.payment_date, payments.payment_id) = first_failures.first_try
        )
),

-- Failures of invoices that were long due: runs over old cards, which mostly fail whatever the processor does.
late_failures as (
    select attempts.payment_id, attempts.processor, attempts.day
    from attempts
    join invoices on invoices.invoice_id = attempts.invoice_id
    where attempts.failed
        and attempts.day
            > coalesce(invoices.due_date, cast(invoices.invoice_date as date) + 30) + cast($long_due_days as integer)
),

-- They are left out where they come again and again: a single day of them may be the processor's own.
late_days as (
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
),

runs_of_retries as (
    select processor, day, times
    from late_days
    where around >= 2 * times
),

attempt_days as (
    select
        tried.processor,
        tried.day,
        tried.attempts - coalesce(runs_of_retries.times, 0) as attempts,
        tried.failed - coalesce(runs_of_retries.times, 0) as failed
    from (
        select processor, day, count(*) as attempts, countif(failed) as failed
        from attempts
        group by processor, day
    ) as tried
    left join runs_of_retries on runs_of_retries.processor = tried.processor and runs_of_retries.day = tried.day
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

day_attempts as (
    select attempts.*, outliers.forecast / outliers.attempts as forecast_share
    from attempts
    join outliers on outliers.processor = attempts.processor and outliers.day = attempts.day
    where not exists (
        select 1
        from late_failures
        join runs_of_retries using (processor, day)
        where late_failures.payment_id = attempts.payment_id
    )
),

-- Money: in the failed payments' own currency where it is but one, else in the base currency, else in the one most have.
currencies_used as (
    select processor, day, currency, count(*) as times
    from day_attempts
    where failed
    group by processor, day, currency
),

spike_currencies as (
    select
        processor,
        day,
        case when count(*) = 1 then min(currency) else coalesce(min(base_currency), min_by(currency, (-times, currency))) end
            as currency,
        count(*) > 1 and min(base_currency) is not null as convert
    from currencies_used
    cross join base
    group by processor, day
),

valued as (
    select
        day_attempts.*,
        spike_currencies.currency as shown_currency,
        day_attempts.currency <> spike_currencies.currency as is_other,
        convert,
        cast(
            case
                when convert then round(cast(amount as decimal(38, 4)) * to_base, 2)
                when day_attempts.currency = spike_currencies.currency then amount
                else 0
            end as decimal(18, 4)
        ) as worth
    from day_attempts
    join spike_currencies using (processor, day)
),

-- One invoice that is tried again and again is no failure of the processor.
totals as (
    select
        processor,
        day,
        shown_currency as currency,
        cast(sum(worth) filter (where failed) as decimal(18, 4)) as failed_worth,
        cast(min(forecast_share) * sum(worth) as decimal(18, 4)) as usual_worth,
        nullif(count(distinct customer_id) filter (where failed), 0) as customers,
        list(payment_id order by payment_id) filter (where failed) as payment_ids,
        coalesce(list(payment_id order by payment_id) filter (where failed and is_other), ['']) as converted_ids,
        coalesce(
            list(cast(worth as varchar) order by payment_id) filter (where failed and is_other), ['0']
        ) as converted_amounts,
        max(case when convert and is_other then shown_currency end) as converted_into,
        nullif(count(*) filter (where failed and is_other and not convert), 0) as unvalued
    from valued
    group by processor, day, shown_currency
    having count(distinct coalesce(invoice_id, payment_id)) filter (where failed) > 2
),

-- The forecast takes the day's share of what was tried; never more of the failed amount than of the failures.
spikes as (
    select
        outliers.*,
        totals.* exclude (processor, day),
        cast(
            round(
                least(usual_worth, cast(failed_worth * forecast / failed as decimal(18, 4))),
                2
            ) as decimal(18, 4)
        ) as exact_worth
    from outliers
    join totals on totals.processor = outliers.processor and totals.day = outliers.day
),

later as (
    select failures.processor, failures.day, count(distinct failures.invoice_id) as collected
    from day_attempts as failures
    join payments as retry on retry.invoice_id = failures.invoice_id
    where failures.failed and retry.status = 'completed' and retry.payment_date > failures.payment_date
    group by failures.processor, failures.day
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
