with charged as (
    select customer_id, month, billing_month, billed_by, currency, sum(overage) as overage
    from overage
    where certain and billed_by is not null
    group by customer_id, month, billing_month, billed_by, currency
),

over as (
    select *, rated_amount(0, 0, 1, 0, 1, 1, overage, minor_digits(currency)) as price from charged
),

-- Usage may be billed on any invoice of the customer in that month.
usage_lines as (
    select over.customer_id, over.month
    from over
    join invoice_periods as periods
        on periods.customer_id = over.customer_id and month_of(periods.period_from) = over.billing_month
    join line_sums on line_sums.invoice_id = periods.invoice_id
    where line_sums.usage > 0
    group by over.customer_id, over.month
),

-- The amount must lack the overage; without lines it must lack nothing else.
found as (
    select over.month, over.billed_by, over.price, due.*
    from over
    join due
        on due.judged_by = over.billed_by
        and due.currency = over.currency
        and month_of(due.period_from) = over.billing_month
    where not due.after_end
        and over.price > 0
        and (over.customer_id, over.month) not in (from usage_lines)
        and case
            when due.lines > 0
                then coalesce(greatest(due.amount_due, due.rated + due.credits) - due.billed_amount >= over.price * 0.5, true)
            else abs(due.amount_due - due.billed_amount - over.price)
                <= case when minor_digits(due.currency) = 0 then 1 else 0.01 end
        end
    qualify row_number() over (partition by over.customer_id, over.month order by due.period_from, due.invoice_date, due.invoice_id) = 1
),

metered as (
    select
        found.invoice_id,
        found.month,
        string_agg(overage.metered_feature, ', ' order by overage.metered_feature) as metered_feature,
        min(overage.plan_tier) as plan_tier,
        flatten(list(overage.pooled_subscriptions order by overage.metered_feature)) as pooled_subscriptions,
        sum(overage.units) as units,
        sum(overage.included_units) as included_units,
        sum(overage.over_units) as over_units,
        case when min(overage.unit_price) = max(overage.unit_price) then min(overage.unit_price) end as unit_price
    from found
    join overage
        on overage.customer_id = found.customer_id
        and overage.month = found.month
        and overage.billed_by = found.billed_by
        and overage.currency = found.currency
        and overage.certain
    group by found.invoice_id, found.month
)

select
    found.customer_id,
    strftime(found.month, '%Y-%m') as period,
    found.invoice_id,
    found.price as amount,
    found.currency,
    found.invoice_date as fact_date,
    coalesce(customers.customer_name, found.customer_id) as customer,
    metered.metered_feature,
    metered.plan_tier as plan,
    metered.pooled_subscriptions,
    shown_number(metered.units) as units,
    shown_number(metered.included_units) as included_units,
    shown_number(metered.over_units) as over_units,
    shown_number(metered.unit_price) as unit_price,
    found.month as month_from,
    last_day(found.month) as month_to,
    found.billed_amount as billed,
    found.expected_amount,
    found.period_from,
    found.period_to,
    case when found.lines > 0 then 'no usage line' else 'no lines' end as no_usage_line,
    case when misbilled.rated is not null then rating_of(misbilled) end as rating,
    customers.region,
    customers.segment,
    lower(metered.plan_tier) as plan_tier,
    amount_band(found.price * found.to_base) as amount_band,
    case
        when metered.over_units < metered.included_units * 0.1 then 'up to a tenth above'
        when metered.over_units < metered.included_units then 'up to twice the plan'
        else 'more than twice the plan'
    end as margin
from found
join metered on metered.invoice_id = found.invoice_id and metered.month = found.month
left join misbilled on misbilled.invoice_id = found.invoice_id
left join customers on customers.customer_id = found.customer_id
order by found.customer_id, found.month
