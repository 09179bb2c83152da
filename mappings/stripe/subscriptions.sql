with iso as (
    select
        id, coalesce(customer_id, customer) as customer_id, lower(status) as status, pause_collection_behavior,
        coalesce(lower(cancel_at_period_end), 'false') in ('true', 't', '1') as cancel_at_period_end, row_number() over () as position,
        case
            when regexp_full_match(columns(['start_date', 'created', 'ended_at', 'cancel_at', 'canceled_at', 'current_period_end', 'trial_end']), '\d{9,10}')
                then strftime(make_timestamp(cast(columns(['start_date', 'created', 'ended_at', 'cancel_at', 'canceled_at', 'current_period_end', 'trial_end']) as bigint) * 1000000), '%Y-%m-%dT%H:%M:%SZ')
            else columns(['start_date', 'created', 'ended_at', 'cancel_at', 'canceled_at', 'current_period_end', 'trial_end'])
        end
    from subscription
    where coalesce(lower(is_deleted), 'false') not in ('true', 't', '1')
        and coalesce(lower(_fivetran_active), 'true') in ('true', 't', '1')
),
subscriptions as (
    select *, coalesce(start_date, created) as started,
        case
            when status = 'canceled' then coalesce(ended_at, case when cancel_at_period_end then current_period_end end, canceled_at)
            else coalesce(ended_at, cancel_at, case when cancel_at_period_end then current_period_end end)
        end as ended
    from iso
),

-- Prices. Stripe knows a plan by the same id as its price. A customer's plan is the product.
prices as (
    select id, coalesce(product_id, product) as product_id, nickname, currency,
        coalesce(unit_amount_decimal, unit_amount) as unit_amount, recurring_interval as every,
        coalesce(try_cast(recurring_interval_count as integer), 1) as every_count,
        coalesce(recurring_usage_type = 'metered' or billing_scheme = 'tiered', false) as varies, 1 as source
    from price
    union all
    select id, coalesce(product_id, product), nickname, currency, coalesce(amount_decimal, amount), "interval",
        coalesce(try_cast(interval_count as integer), 1),
        coalesce(usage_type = 'metered' or billing_scheme = 'tiered', false), 2
    from plan
),
product_names as (
    select id, any_value(name) as name from product group by id
),
exact as (
    -- Whole ten-thousand-millionths, for a quotient of decimals would be a binary fraction.
    select prices.*, coalesce(product_names.name, nickname, product_id, prices.id) as tier,
        cast(try_cast(unit_amount as decimal(20, 6)) * cast(from_minor_units('1', currency) as decimal(9, 4)) * 10000000000 as hugeint) as unit,
        case every when 'week' then 52 when 'day' then 365 else 1 end as times,
        case every when 'month' then 1 else 12 end * every_count as per
    from prices
    left join product_names on product_names.id = prices.product_id
    qualify row_number() over (partition by prices.id order by source) = 1
),
tariff as (
    select id, tier, upper(currency) as currency, varies, unit_amount,
        case when varies then 0 else
            cast(cast((2 * unit * times + per * 1000000) // (2 * per * 1000000) as decimal(24, 0)) * 0.0001 as decimal(18, 4))
        end as monthly_price,
        case every when 'year' then 12 when 'month' then 1 end * every_count as months,
        case
            when every = 'month' and every_count = 1 then 'monthly'
            when (every = 'year' and every_count = 1) or (every = 'month' and every_count = 12) then 'annual'
            when every = 'month' and every_count = 3 then 'quarterly'
            else every_count || ' ' || every
        end as billing_period
    from exact
),

-- What each subscription costs now.
items as (
    select coalesce(item.subscription_id, item.subscription) as subscription_id,
        coalesce(item.price_id, item.plan_id) as price_id, coalesce(item.quantity, '1') as quantity,
        coalesce(try_cast(item.quantity as integer), 1) as counted, tariff.* exclude (id),
        case
            when tariff.id is null then 'no price ' || coalesce(item.price_id, item.plan_id, '')
            when tariff.monthly_price is null then coalesce(tariff.unit_amount, 'no amount of price ' || tariff.id)
        end as unreadable
    from subscription_item as item
    left join tariff on tariff.id = coalesce(item.price_id, item.plan_id)
    where coalesce(lower(item.is_deleted), 'false') not in ('true', 't', '1')
),
current_terms as (
    select subscription_id,
        arg_max(coalesce(tier, price_id), (coalesce(monthly_price * counted, 0), coalesce(tier, price_id))) as tier,
        arg_max(billing_period, coalesce(monthly_price * counted, 0)) as billing_period,
        max(months) as months,
        max(currency) as currency,
        -- Seats can be told of a single fixed price only, several are one price together.
        case when count(*) filter (not coalesce(varies, false)) = 1 then max(quantity) filter (not coalesce(varies, false)) else '1' end as quantity,
        coalesce(
            max(unreadable),
            cast(case
                when count(*) filter (not varies) = 1 then max(monthly_price) filter (not varies)
                else sum(monthly_price * counted)
            end as varchar)) as monthly_price
    from items
    group by subscription_id
),

-- Stripe keeps no history of items, but old invoices tell what was in force before a change of plan or seats.
billed_lines as (
    select coalesce(line.subscription_id, line.subscription, invoice.subscription_id, invoice.subscription) as subscription_id,
        coalesce(line.invoice_id, line.invoice) as invoice_id, tariff.tier, tariff.monthly_price, tariff.currency,
        tariff.billing_period, coalesce(try_cast(line.quantity as integer), 1) as counted,
        try_cast(left(case
            when regexp_full_match(line.period_start, '\d{9,10}')
                then strftime(make_timestamp(cast(line.period_start as bigint) * 1000000), '%Y-%m-%d')
            else line.period_start
        end, 10) as date) as period_from
    from invoice_line_item as line
    join invoice_ref as invoice on invoice.id = coalesce(line.invoice_id, line.invoice)
    join tariff on tariff.id = coalesce(line.price_id, line.plan_id)
    where not tariff.varies
        and coalesce(lower(line.proration), 'false') not in ('true', 't', '1')
        and coalesce(lower(invoice.status), 'paid') not in ('draft', 'void', 'deleted')
        and coalesce(lower(invoice.is_deleted), 'false') not in ('true', 't', '1')
),
billed as (
    select subscription_id, invoice_id, min(period_from) as period_from, arg_max(tier, (monthly_price * counted, tier)) as tier,
        arg_max(billing_period, monthly_price * counted) as billing_period, max(currency) as currency,
        case when count(*) = 1 then max(counted) else 1 end as quantity,
        case when count(*) = 1 then max(monthly_price) else sum(monthly_price * counted) end as monthly_price
    from billed_lines
    where subscription_id is not null and period_from is not null
    group by subscription_id, invoice_id
),
changes as (
    select subscription_id,
        -- Terms that were never billed yet are held against the newest invoice only.
        coalesce(
            min(period_from) filter (billed.tier = current_terms.tier and cast(billed.quantity as varchar) = current_terms.quantity),
            max(period_from)) as current_from
    from billed
    join current_terms using (subscription_id)
    group by subscription_id
),
earlier as (
    select billed.*, changes.current_from,
        tier is distinct from lag(tier) over before or quantity is distinct from lag(quantity) over before as changed
    from billed
    join changes using (subscription_id)
    where period_from < current_from
    window before as (partition by subscription_id order by period_from, invoice_id)
),
numbered as (
    select *, count(*) filter (changed) over (partition by subscription_id order by period_from, invoice_id) as run
    from earlier
),
runs as (
    select subscription_id, run, min(period_from) as run_from, any_value(current_from) as current_from, any_value(tier) as tier,
        any_value(billing_period) as billing_period, any_value(currency) as currency, any_value(quantity) as quantity,
        arg_max(monthly_price, period_from) as monthly_price
    from numbered
    group by subscription_id, run
),
rows_in_force as (
    select id as subscription_id, id as stripe_id, current_terms.tier, current_terms.monthly_price, current_terms.quantity,
        current_terms.billing_period, current_terms.currency, current_terms.months,
        case when exists (from runs where runs.subscription_id = subscriptions.id) then cast(changes.current_from as varchar) end as row_from,
        null as row_to
    from subscriptions
    left join current_terms on current_terms.subscription_id = subscriptions.id
    left join changes on changes.subscription_id = subscriptions.id
    union all by name
    select subscription_id || '~' || run as subscription_id, subscription_id as stripe_id, tier,
        cast(monthly_price as varchar) as monthly_price, cast(quantity as varchar) as quantity, billing_period, currency,
        case when run > 1 then cast(run_from as varchar) end as row_from,
        cast(coalesce(lead(run_from) over (partition by subscription_id order by run), current_from) - 1 as varchar) as row_to
    from runs
),

-- The discount that counts: the subscription's own before the customer's, the newest first.
discounts as (
    select coalesce(discount.subscription_id, discount.subscription) as subscription_id,
        coalesce(discount.customer_id, discount.customer) as customer_id, coupon.percent_off, coupon.duration,
        case
            when regexp_full_match(columns(['start', 'end']), '\d{9,10}')
                then strftime(make_timestamp(cast(columns(['start', 'end']) as bigint) * 1000000), '%Y-%m-%dT%H:%M:%SZ')
            else columns(['start', 'end'])
        end
    from subscription_discount as discount
    join coupon on coupon.id = discount.coupon_id
    where discount.invoice_id is null and coupon.percent_off is not null
),
own_and_shared as (
    select subscriptions.id as stripe_id, discounts.*, 1 as preference
    from subscriptions
    join discounts on discounts.subscription_id = subscriptions.id
    union all
    select subscriptions.id, discounts.*, 2
    from subscriptions
    join discounts on discounts.customer_id = subscriptions.customer_id
    where discounts.subscription_id is null
),
discounted as (
    select stripe_id, percent_off, duration, "start", "end"
    from own_and_shared
    qualify row_number() over (partition by stripe_id order by preference, "start" desc) = 1
)

-- Stripe's ends are the moment at which something no longer holds, the ends of the books are the last day on which it does.
select
    rows_in_force.subscription_id,
    customer_id,
    tier as plan_tier,
    coalesce(row_from, cast(try_cast(left(started, 10) as date) as varchar), started) as start_date,
    coalesce(
        row_to,
        case when ended = current_period_end and left(ended, 10) > left(started, 10) then cast(try_cast(left(ended, 10) as date) - 1 as varchar) end,
        cast(try_cast(left(ended, 10) as date) as varchar),
        ended) as end_date,
    coalesce(monthly_price, 'no subscription item') as monthly_price,
    quantity,
    billing_period,
    case
        when row_to is not null then 'active'
        when pause_collection_behavior is not null and status in ('active', 'past_due', 'trialing') then 'paused'
        when status in ('active', 'past_due') then 'active'
        when status = 'trialing' then 'trial'
        when status in ('canceled', 'incomplete_expired') then 'cancelled'
        when status in ('paused', 'unpaid') then 'paused'
        else coalesce(status, 'active')
    end as billing_status,
    case when trial_end is distinct from started then coalesce(cast(try_cast(left(trial_end, 10) as date) - 1 as varchar), trial_end) end as trial_end_date,
    percent_off as discount_pct,
    case
        when "end" is not null then coalesce(cast(try_cast(left("end", 10) as date) - 1 as varchar), "end")
        when duration = 'once' then cast(cast(try_cast(left("start", 10) as date) + to_months(coalesce(months, 1)) as date) - 1 as varchar)
    end as discount_end_date,
    currency
from rows_in_force
join subscriptions on subscriptions.id = rows_in_force.stripe_id
left join discounted on discounted.stripe_id = rows_in_force.stripe_id
order by position, row_to is null, row_to
