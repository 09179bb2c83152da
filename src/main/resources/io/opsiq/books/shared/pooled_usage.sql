-- Metered usage above what one of a customer's rows includes: a row for each customer, feature and month, with what all the rows that
-- were in force at its end include together. Whether that is more is not said yet, for some of the usage may be of trial days.
with metered as (
    select
        written.feature_type,
        catalogue.metered_feature,
        dense_rank() over (order by catalogue.metered_feature) as feature_number
    from (select distinct feature_type from usage_events) written
    join catalogue on catalogue.metered_feature = lower(written.feature_type)
    where catalogue.overage_unit_price > 0
    group by written.feature_type, catalogue.metered_feature
),

monthly_terms as (
    select * from terms where billing = 'monthly' and unclear is null
),

-- One number for customer, feature and month makes the groups of millions of events half as dear as three columns do.
customer_numbers as materialized (
    select customer_id, row_number() over () as customer_number from (select distinct customer_id from monthly_terms)
),

features as (
    select distinct metered_feature, feature_number from metered
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

-- What each row includes of a feature while one version of its plan is in force.
entitled as (
    select
        customer_numbers.customer_number * 100000 + features.feature_number as packed_feature,
        greatest(row.start_date, catalogue.effective_from) as from_day,
        least(row.until, catalogue.effective_until) as until_day,
        row.subscription_id,
        row.start_date,
        row.plan_tier,
        catalogue.included_units * row.quantity as included_units,
        catalogue.overage_unit_price,
        catalogue.currency
    from monthly_terms as row
    join customer_numbers using (customer_id)
    join catalogue on catalogue.plan_key = row.plan_key and catalogue.currency = row.currency
    join features using (metered_feature)
    where catalogue.overage_unit_price > 0
),

-- Whoever stays within one row's units stays within all of them together.
above_one as (
    select distinct used.packed_feature, used.month, cast(used.units as decimal(18, 4)) as units
    from (
        select
            packed // 120000 as packed_feature,
            make_date(packed % 120000 // 12, packed % 12 + 1, 1) as month,
            units
        from packed
    ) used
    join entitled
        on entitled.packed_feature = used.packed_feature
        and last_day(used.month) between entitled.from_day and entitled.until_day
        and used.units > entitled.included_units
)

select
    customer_numbers.customer_id,
    features.metered_feature,
    grouped.* exclude (packed_feature, rows),
    grouped.rows[1].unit_price as unit_price,
    grouped.rows[1].currency as currency,
    grouped.rows[1].plan_tier as plan_tier,
    [row.subscription_id for row in grouped.rows] as pooled_subscriptions
from (
    select
        above_one.packed_feature,
        above_one.month,
        above_one.units,
        sum(entitled.included_units) as included_units,
        list_sort(list({
            start_date: entitled.start_date,
            subscription_id: entitled.subscription_id,
            unit_price: entitled.overage_unit_price,
            currency: entitled.currency,
            plan_tier: entitled.plan_tier
        })) as rows
    from above_one
    join entitled
        on entitled.packed_feature = above_one.packed_feature
        and last_day(above_one.month) between entitled.from_day and entitled.until_day
    group by above_one.packed_feature, above_one.month, above_one.units
) grouped
join customer_numbers on customer_numbers.customer_number = grouped.packed_feature // 100000
join features on features.feature_number = grouped.packed_feature % 100000
