with limits as (
    select cast($grace_days as integer) as grace_days
),

last_terms as (
    select
        customer_id,
        max(until) as ended,
        count(*) filter (where unclear is not null and until > date '9999-01-01') as open_ends,
        max_by(subscription_id, (until, start_date, subscription_id)) as subscription_id,
        max_by(plan_tier, (until, start_date, subscription_id)) as plan_tier,
        max_by(currency, (until, start_date, subscription_id)) as currency,
        max_by(monthly_price, (until, start_date, subscription_id)) as monthly_price
    from terms
    group by customer_id
),

-- Whose subscription cannot be read is not without one.
unread as (
    select distinct customer_id from set_aside.subscriptions where customer_id is not null
),

used as (
    select
        usage_events.customer_id,
        usage_events.feature_type,
        cast(usage_events.event_time as date) as day,
        min(usage_events.event_time) as first_at,
        max(usage_events.event_time) as last_at,
        sum(usage_events.usage_units) as units
    from usage_events
    cross join limits
    left join last_terms on last_terms.customer_id = usage_events.customer_id
    where usage_events.usage_units <> 0
        and (last_terms.customer_id is null or usage_events.event_time >= last_terms.ended + grace_days + 1)
        and usage_events.customer_id is not null
        and usage_events.customer_id not in (from unread)
    group by usage_events.customer_id, usage_events.feature_type, cast(usage_events.event_time as date)
),

-- Corrections, which are negative, are set against the use of their feature; a feature of which nothing is left was not used.
stray as (
    select *
    from used
    qualify sum(units) over (partition by customer_id, feature_type) > 0
),

who as (
    select
        stray.customer_id,
        last_terms.subscription_id,
        last_terms.ended,
        coalesce(last_terms.plan_tier, any_value(customers.plan_tier)) as plan_tier,
        last_terms.currency,
        last_terms.monthly_price,
        min(stray.day) as first_day,
        min(stray.first_at) as first_at,
        max(stray.last_at) as last_at,
        count(distinct stray.day) filter (where stray.units > 0) as days,
        sum(stray.units) as units
    from stray
    left join last_terms on last_terms.customer_id = stray.customer_id
    left join customers on customers.customer_id = stray.customer_id
    group by stray.customer_id, last_terms.subscription_id, last_terms.ended, last_terms.plan_tier, last_terms.currency, last_terms.monthly_price
),

-- The price on the first day, else the latest; without a currency of one's own the first in which the plan is sold.
priced as (
    select
        who.* exclude (currency, monthly_price),
        coalesce(who.currency, catalogue.currency, (select min(currency) from catalogue), 'USD') as currency,
        coalesce(catalogue.monthly_price, who.monthly_price) as monthly_price,
        catalogue.metered_feature,
        catalogue.overage_unit_price as unit_price
    from who
    left join catalogue
        on catalogue.plan_key = lower(who.plan_tier)
        and catalogue.currency = coalesce(who.currency, catalogue.currency)
    qualify row_number() over (
        partition by who.customer_id
        order by
            who.first_day between catalogue.effective_from and catalogue.effective_until desc,
            catalogue.currency = 'USD' desc,
            catalogue.currency,
            catalogue.effective_from desc
    ) = 1
),

valued as (
    select
        priced.customer_id,
        sum(stray.units) filter (where lower(stray.feature_type) = priced.metered_feature) as metered_units,
        sum(distinct_days.part) as months
    from priced
    join stray on stray.customer_id = priced.customer_id
    left join (
        select customer_id, day, min(feature_type) as feature_type, 1.0 / day(last_day(day)) as part
        from stray
        where units > 0
        group by customer_id, day
    ) distinct_days
        on distinct_days.customer_id = stray.customer_id
        and distinct_days.day = stray.day
        and distinct_days.feature_type = stray.feature_type
    group by priced.customer_id
),

found as (
    select
        priced.*,
        valued.metered_units,
        case
            when valued.metered_units > 0 and unit_price > 0 then 'units'
            when monthly_price > 0 then 'days'
            else 'nothing'
        end as priced_by,
        cast(
            round(
                case
                    when valued.metered_units > 0 and unit_price > 0
                        then cast(valued.metered_units as double) * cast(unit_price as double)
                    when monthly_price > 0 then cast(monthly_price as double) * cast(valued.months as double)
                    else 0
                end,
                2
            ) as decimal(18, 4)
        ) as worth
    from priced
    join valued on valued.customer_id = priced.customer_id
)

select
    found.customer_id,
    found.subscription_id,
    case when minor_digits(found.currency) = 0 then cast(round(found.worth) as decimal(18, 4)) else found.worth end as amount,
    found.currency,
    found.last_at as fact_date,
    coalesce(customers.customer_name, found.customer_id) as customer,
    shown_number(found.units) as units,
    found.days,
    found.first_at,
    found.last_at,
    found.first_day,
    found.plan_tier as plan,
    case when found.subscription_id is not null then found.ended end as ended,
    case when found.subscription_id is not null then found.ended + limits.grace_days end as grace_until,
    case when found.subscription_id is null then 'no subscription' end as no_subscription,
    case when found.priced_by = 'units' then shown_number(found.metered_units) end as metered_units,
    found.metered_feature,
    case when found.priced_by = 'units' then shown_number(found.unit_price) end as unit_price,
    case when found.priced_by = 'days' then found.monthly_price end as monthly_price,
    case when found.priced_by = 'nothing' then 'No price is known' end as no_price,
    customers.region,
    customers.segment,
    lower(found.plan_tier) as plan_tier,
    case when found.subscription_id is null then 'never subscribed' else 'after the end' end as kind,
    found.priced_by,
    amount_band(found.worth * coalesce(daily_rates.to_base, 1)) as amount_band
from found
cross join limits
left join customers on customers.customer_id = found.customer_id
left join daily_rates on daily_rates.currency = found.currency and daily_rates.day = cast(found.last_at as date)
order by found.customer_id
