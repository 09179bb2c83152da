-- Months in which an active monthly subscription was in force and that no invoice covers, of the months that are over.
with habits as (
    select
        greatest(min(month_of(period_from)), min(month_of(invoice_date)) - interval 1 month) as first_month,
        bool_or(has_period) as have_periods,
        bool_or(subscription_id is not null) as name_subscriptions
    from invoice_periods
    where judged_by is null or judged_by not in (select subscription_id from terms where billing <> 'monthly')
),

first_invoices as (
    select customer_id, min(month_of(period_from)) as month
    from invoice_periods
    group by customer_id
),

first_rows as (
    select customer_id, month_of(min(coalesce(trial_end_date + 1, start_date))) as month
    from terms
    where billing_status is distinct from 'trial'
    group by customer_id
),

-- Without period columns only what follows a customer's first invoice is judged, and only where that came in the
-- month of the start or of the end of the trial.
looked_at as (
    select
        terms.subscription_id,
        terms.customer_id,
        terms.currency,
        terms.start_date,
        terms.until,
        terms.billing_told,
        greatest(
            month_of(terms.start_date),
            habits.first_month,
            case when not habits.have_periods then first_invoices.month end
        ) as first_month,
        least(month_of(clock.now + interval 1 day) - interval 1 month, month_of(terms.until)) as last_month
    from terms
    cross join clock
    cross join habits
    join first_rows on first_rows.customer_id = terms.customer_id
    left join first_invoices on first_invoices.customer_id = terms.customer_id
    where terms.billing = 'monthly'
        and terms.unclear is null
        and terms.billing_status = 'active'
        and (
            habits.have_periods
            or first_invoices.month <= first_rows.month
            or first_rows.month < habits.first_month
        )
),

months as (
    select
        subscription_id,
        customer_id,
        currency,
        start_date,
        until,
        cast(unnest(range(first_month, last_month + interval 1 day, interval 1 month)) as date) as month
    from looked_at
),

invoiced as (
    select judged_by as subscription_id, month_of(period_from) as month
    from invoice_periods
    where judged_by is not null
    union all
    select
        judged_by,
        cast(unnest(range(
            greatest(month_of(period_from), habits.first_month),
            least(period_to, month_of(clock.now)) + interval 1 day,
            interval 1 month
        )) as date)
    from invoice_periods
    cross join clock
    cross join habits
    where judged_by is not null and period_to > last_day(period_from)
),

-- Where it is not known which of several subscriptions an invoice is for, none of them is missing it.
loose as (
    select distinct customer_id, month_of(period_from) as month
    from invoice_periods
    where judged_by is null
),

missing as (
    select *
    from months
    where not exists (from invoiced where invoiced.subscription_id = months.subscription_id and invoiced.month = months.month)
        and not exists (from loose where loose.customer_id = months.customer_id and loose.month = months.month)
),

-- Invoices of at most half of six months and more are no monthly ones, where nobody says that they are. Where neither invoices name
-- subscriptions nor subscriptions have ends, one that was not invoiced for more than three months since may have ended.
seldom as (
    select subscription_id
    from (
        select
            *,
            count(*) over (partition by subscription_id order by month desc) as so_many,
            date_diff('month', first_month, last_month) + 1 as months,
            date_diff('month', month, last_month) + 1 as since_then
        from missing
        join looked_at using (subscription_id)
    )
    group by subscription_id
    having count(*) < any_value(months)
        and (
            any_value(months) >= 6 and count(*) * 2 >= any_value(months) and not any_value(billing_told)
            or count(*) filter (where so_many = since_then) > 3
                and not (select name_subscriptions from habits)
                and (select count(end_date) = 0 from terms)
        )
),

-- A month that hardly anybody was invoiced for is a hole in the export.
holes as (
    select month
    from (select month, count(*) as judged from months group by month)
    join (select month, count(*) as missing from missing group by month) using (month)
    where judged >= 20 and missing * 2 > judged
)

select
    missing.subscription_id as judged_by,
    missing.customer_id,
    missing.currency,
    missing.month,
    greatest(missing.month, missing.start_date) as period_from,
    least(last_day(missing.month), missing.until) as period_to,
    true as has_period,
    false as after_end,
    cast(null as varchar) as unresolved
from missing
cross join habits
where month not in (from holes)
    and missing.subscription_id not in (from seldom)
-- Where neither invoices name subscriptions nor subscriptions have ends, a later row has taken the place of an earlier one.
qualify habits.name_subscriptions
    or (select count(end_date) > 0 from terms)
    or row_number() over (
        partition by missing.customer_id, missing.month
        order by missing.start_date desc, missing.subscription_id
    ) = 1
