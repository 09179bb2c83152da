with limits as (
    select cast($days_after_end as integer) as days_after_end
),

found as (
    select periods.*
    from rated('uninvoiced') as periods
    cross join limits
    cross join clock
    where last_day(month) + days_after_end <= cast(clock.now as date)
        and rated > 0
),

around as (
    select
        found.judged_by,
        found.month,
        max_by(periods.invoice_id, (periods.period_from, periods.invoice_id)) filter (where periods.period_from < found.period_from)
            as before_id,
        min_by(periods.invoice_id, (periods.period_from, periods.invoice_id)) filter (where periods.period_from > found.period_to)
            as after_id
    from found
    join invoice_periods as periods on periods.judged_by = found.judged_by
    group by found.judged_by, found.month
)

select
    found.judged_by as subscription_id,
    found.customer_id,
    strftime(found.month, '%Y-%m') as period,
    found.judged_by || ' ' || strftime(found.month, '%Y-%m') as period_id,
    found.rated as amount,
    found.currency,
    found.period_from as fact_date,
    coalesce(customers.customer_name, found.customer_id) as customer,
    found.plan_tier as plan,
    found.period_from,
    found.period_to,
    found.month as month_from,
    last_day(found.month) as month_to,
    rating_of(found) as rating,
    before.invoice_id as before_id,
    before.period_from as before_from,
    before.period_to as before_to,
    after.invoice_id as after_id,
    after.period_from as after_from,
    after.period_to as after_to,
    case
        when around.judged_by is null
            and found.customer_id not in (select customer_id from invoice_periods where judged_by is null and customer_id is not null)
            then 'no invoice at all'
    end as no_invoice,
    customers.region,
    customers.segment,
    lower(found.plan_tier) as plan_tier,
    case
        when around.judged_by is null then 'never invoiced'
        when after.invoice_id is null then 'at the end'
        when before.invoice_id is null then 'at the beginning'
        else 'in between'
    end as place,
    amount_band(found.rated * coalesce(daily_rates.to_base, 1)) as amount_band
from found
left join around on around.judged_by = found.judged_by and around.month = found.month
left join invoice_periods as before on before.invoice_id = around.before_id
left join invoice_periods as after on after.invoice_id = around.after_id
left join customers on customers.customer_id = found.customer_id
left join daily_rates on daily_rates.currency = found.currency and daily_rates.day = found.period_from
order by found.judged_by, found.month
