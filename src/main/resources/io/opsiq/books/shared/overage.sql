-- Metered usage above what a customer's plans include: a row for each customer, feature and month of usage, with the subscription
-- that is billed for it in the month after. Amounts are in parts of 10^8.
with metered as (
    select
        written.feature_type,
        catalogue.metered_feature,
        min(catalogue.included_units) as least_included,
        dense_rank() over (order by catalogue.metered_feature) as feature_number
    from (select distinct feature_type from usage_events) written
    join catalogue on catalogue.metered_feature = lower(written.feature_type)
    where catalogue.overage_unit_price > 0
    group by written.feature_type, catalogue.metered_feature
),

monthly_terms as (
    select * from terms where billing = 'monthly' and unclear is null
),

-- Of a row of less than one seat the included units are less too.
least_seats as (
    select least(1, min(quantity)) as quantity from terms
),

-- One number for customer, feature and month makes the groups of millions of events half as dear as three columns do.
customer_numbers as materialized (
    select customer_id, row_number() over () as customer_number from (select distinct customer_id from monthly_terms)
),

packed as (
    select
        (customer_number * 100000 + feature_number) * 120000 + year(event_time) * 12 + month(event_time) - 1 as packed,
        sum(usage_units) as units
    from usage_events
    join metered using (feature_type)
    join customer_numbers using (customer_id)
    where event_time >= timestamp '0001-01-01'
    group by packed
),

used as (
    select
        customer_numbers.customer_id,
        features.metered_feature,
        make_date(packed % 120000 // 12, packed % 12 + 1, 1) as month,
        cast(packed.units as decimal(18, 4)) as units
    from packed
    join (
        select metered_feature, feature_number, min(least_included) as least_included from metered group by all
    ) features on features.feature_number = packed // 120000 % 100000
    cross join least_seats
    join customer_numbers on customer_numbers.customer_number = packed // 12000000000
    where packed.units > least_included * least_seats.quantity
),

allowances as (
    select months.month, plan_key, currency, metered_feature, included_units, overage_unit_price
    from (select distinct month from used) months
    join catalogue on last_day(months.month) between effective_from and effective_until
    where overage_unit_price > 0
),

-- Whoever stays within one row's units stays within all of them together.
above_one as (
    select distinct used.customer_id, used.metered_feature, used.month, used.units
    from used
    join monthly_terms as row
        on row.customer_id = used.customer_id
        and last_day(used.month) between row.start_date and row.until
    join allowances
        on allowances.month = used.month
        and allowances.plan_key = row.plan_key
        and allowances.currency = row.currency
        and allowances.metered_feature = used.metered_feature
    where used.units > allowances.included_units * row.quantity
),

-- The few months in which a trial day lies are looked into day by day.
with_trial_days as (
    select distinct above_one.customer_id, above_one.metered_feature, above_one.month
    from above_one
    join monthly_terms as row
        on row.customer_id = above_one.customer_id
        and row.start_date <= last_day(above_one.month)
        and row.trial_end_date >= above_one.month
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
    join metered
        on metered.feature_type = usage_events.feature_type
        and metered.metered_feature = with_trial_days.metered_feature
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

pooled as (
    select
        above_one.customer_id,
        above_one.metered_feature,
        above_one.month,
        above_one.units,
        sum(allowances.included_units * row.quantity) as included_units,
        arg_min(allowances.overage_unit_price, (row.start_date, row.subscription_id)) as unit_price,
        arg_min(allowances.currency, (row.start_date, row.subscription_id)) as currency,
        arg_min(row.plan_tier, (row.start_date, row.subscription_id)) as plan_tier,
        list(row.subscription_id order by row.start_date, row.subscription_id) as pooled_subscriptions
    from above_one
    join monthly_terms as row
        on row.customer_id = above_one.customer_id
        and last_day(above_one.month) between row.start_date and row.until
    join allowances
        on allowances.month = above_one.month
        and allowances.plan_key = row.plan_key
        and allowances.currency = row.currency
        and allowances.metered_feature = above_one.metered_feature
    group by above_one.customer_id, above_one.metered_feature, above_one.month, above_one.units
),

over as (
    select
        pooled.* exclude (units),
        pooled.units - coalesce(trial_units.units, 0) as units,
        pooled.units - coalesce(trial_units.units, 0) - pooled.included_units as over_units,
        cast(pooled.month + interval 1 month as date) as billing_month
    from pooled
    left join trial_units using (customer_id, metered_feature, month)
    where pooled.units - coalesce(trial_units.units, 0) > pooled.included_units
),

billed as (
    select
        over.customer_id,
        over.metered_feature,
        over.month,
        arg_min(row.subscription_id, (row.start_date, row.subscription_id)) as billed_by,
        arg_min(row.currency, (row.start_date, row.subscription_id)) as billed_currency
    from over
    join monthly_terms as row
        on row.customer_id = over.customer_id
        and row.start_date <= last_day(over.billing_month)
        and row.until >= over.billing_month
    group by over.customer_id, over.metered_feature, over.month
)

select
    over.customer_id,
    over.metered_feature,
    over.month,
    over.billing_month,
    billed.billed_by,
    over.pooled_subscriptions,
    over.plan_tier,
    cast(over.units as decimal(18, 4)) as units,
    cast(over.included_units as decimal(18, 4)) as included_units,
    cast(over.over_units as decimal(18, 4)) as over_units,
    over.unit_price,
    over.currency,
    try(ten_thousandths(over.over_units) * ten_thousandths(over.unit_price)) as overage,
    -- A row whose end is not known may have had units of its own to give.
    over.currency = billed.billed_currency
        and not exists (
            from terms
            where terms.customer_id = over.customer_id
                and terms.unclear is not null
                and terms.start_date <= last_day(over.month)
        ) as certain
from over
left join billed using (customer_id, metered_feature, month)
