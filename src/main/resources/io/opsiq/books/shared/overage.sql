-- Metered usage above what a customer's plans include: a row for each customer, feature and month of usage, with the subscription
-- that is billed for it in the month after. Amounts are in parts of 10^8.
with monthly_terms as (
    select * from terms where billing = 'monthly' and unclear is null
),

-- The few months in which a trial day lies are looked into day by day.
with_trial_days as (
    select distinct pooled_usage.customer_id, pooled_usage.metered_feature, pooled_usage.month
    from pooled_usage
    join monthly_terms as row
        on row.customer_id = pooled_usage.customer_id
        and row.start_date <= last_day(pooled_usage.month)
        and row.trial_end_date >= pooled_usage.month
),

-- A trial day does not count, unless another row is in force on it and past its trial.
trial_units as (
    select
        with_trial_days.customer_id,
        with_trial_days.metered_feature,
        with_trial_days.month,
        sum(usage_events.usage_units) as units
    from with_trial_days
    join usage_events
        on usage_events.customer_id = with_trial_days.customer_id
        and month_of(usage_events.event_time) = with_trial_days.month
        and lower(usage_events.feature_type) = with_trial_days.metered_feature
    where exists (
            from monthly_terms as row
            where row.customer_id = usage_events.customer_id
                and cast(usage_events.event_time as date) between row.start_date and least(row.trial_end_date, row.until)
        )
        and not exists (
            from monthly_terms as row
            where row.customer_id = usage_events.customer_id
                and cast(usage_events.event_time as date) between row.start_date and row.until
                and (row.trial_end_date is null or cast(usage_events.event_time as date) > row.trial_end_date)
        )
    group by with_trial_days.customer_id, with_trial_days.metered_feature, with_trial_days.month
),

over as (
    select
        pooled_usage.* exclude (units),
        pooled_usage.units - coalesce(trial_units.units, 0) as units,
        pooled_usage.units - coalesce(trial_units.units, 0) - pooled_usage.included_units as over_units,
        cast(pooled_usage.month + interval 1 month as date) as billing_month
    from pooled_usage
    left join trial_units using (customer_id, metered_feature, month)
    where pooled_usage.units - coalesce(trial_units.units, 0) > pooled_usage.included_units
),

billed as (
    select
        over.customer_id,
        over.metered_feature,
        over.month,
        min({start_date: row.start_date, subscription_id: row.subscription_id, currency: row.currency}) as first_row
    from over
    join monthly_terms as row
        on row.customer_id = over.customer_id
        and row.start_date <= last_day(over.billing_month)
        and row.until >= over.billing_month
    group by over.customer_id, over.metered_feature, over.month
),

unclear_rows as (
    select customer_id, min(start_date) as start_date
    from terms
    where unclear is not null
    group by customer_id
)

select
    over.customer_id,
    over.metered_feature,
    over.month,
    over.billing_month,
    billed.first_row.subscription_id as billed_by,
    over.pooled_subscriptions,
    over.plan_tier,
    cast(over.units as decimal(18, 4)) as units,
    cast(over.included_units as decimal(18, 4)) as included_units,
    cast(over.over_units as decimal(18, 4)) as over_units,
    over.unit_price,
    over.currency,
    try(ten_thousandths(over.over_units) * ten_thousandths(over.unit_price)) as overage,
    -- A row whose end is not known may have had units of its own to give.
    over.currency = billed.first_row.currency
        and coalesce(unclear_rows.start_date > last_day(over.month), true) as certain
from over
left join billed using (customer_id, metered_feature, month)
left join unclear_rows on unclear_rows.customer_id = over.customer_id
