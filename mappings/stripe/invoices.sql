with subscriptions as (
    select id, coalesce(customer_id, customer) as customer_id,
        try_cast(left(case
            when regexp_full_match(trial_end, '\d{9,10}') then strftime(make_timestamp(cast(trial_end as bigint) * 1000000), '%Y-%m-%d')
            else trial_end
        end, 10) as date) as trial_end
    from subscription_ref
    where coalesce(lower(is_deleted), 'false') not in ('true', 't', '1')
        and coalesce(lower(_fivetran_active), 'true') in ('true', 't', '1')
),

-- Prices. Stripe knows a plan by the same id as its price. A customer's plan is the product.
prices as (
    select id, coalesce(product_id, product) as product_id, nickname, currency, coalesce(unit_amount_decimal, unit_amount) as unit_amount,
        case recurring_interval when 'year' then 12 when 'month' then 1 end * coalesce(try_cast(recurring_interval_count as integer), 1) as months,
        coalesce(recurring_usage_type = 'metered' or billing_scheme = 'tiered', false) as varies,
        transform_quantity_divide_by is not null as in_packages, 1 as source
    from price
    union all
    select id, coalesce(product_id, product), nickname, currency, coalesce(amount_decimal, amount),
        case "interval" when 'year' then 12 when 'month' then 1 end * coalesce(try_cast(interval_count as integer), 1),
        coalesce(usage_type = 'metered' or billing_scheme = 'tiered', false),
        transform_usage_divide_by is not null, 2
    from plan
),
product_names as (
    select id, any_value(name) as name from product group by id
),
tariff as (
    select prices.*, coalesce(product_names.name, nickname, product_id, prices.id) as tier,
        try_cast(unit_amount as decimal(20, 6)) as unit_minor
    from prices
    left join product_names on product_names.id = prices.product_id
    qualify row_number() over (partition by prices.id order by source) = 1
),
current_terms as (
    select coalesce(item.subscription_id, item.subscription) as subscription_id,
        arg_max(
            coalesce(tier, item.price_id, item.plan_id),
            (coalesce(case when not varies then unit_minor end * coalesce(try_cast(item.quantity as integer), 1), 0), coalesce(tier, item.price_id, item.plan_id))) as tier,
        case
            when count(*) filter (not coalesce(varies, false)) = 1 then max(coalesce(item.quantity, '1')) filter (not coalesce(varies, false))
            else '1'
        end as quantity,
        sum(unit_minor * coalesce(try_cast(item.quantity as integer), 1)) filter (not varies) as minor,
        max(months) as months,
        bool_or(tariff.id is null or in_packages) as unsure
    from subscription_item as item
    left join tariff on tariff.id = coalesce(item.price_id, item.plan_id)
    where coalesce(lower(item.is_deleted), 'false') not in ('true', 't', '1')
    group by all
),

-- Lines.
iso_lines as (
    select coalesce(invoice_id, invoice) as invoice_id, coalesce(subscription_id, subscription) as subscription_id,
        coalesce(price_id, plan_id) as price_id, type, description,
        coalesce(lower(proration), 'false') in ('true', 't', '1') as proration,
        case when regexp_full_match(amount, '[+-]?\d{1,15}') then cast(amount as bigint) end as amount,
        coalesce(try_cast(quantity as integer), 1) as quantity,
        case
            when regexp_full_match(columns(['period_start', 'period_end']), '\d{9,10}')
                then strftime(make_timestamp(cast(columns(['period_start', 'period_end']) as bigint) * 1000000), '%Y-%m-%dT%H:%M:%SZ')
            else columns(['period_start', 'period_end'])
        end
    from invoice_line_item
),
lines as (
    select iso_lines.*, tariff.* exclude (id, nickname, product_id, currency),
        coalesce(tariff.tier, price_id) as billed_tier,
        price_id is not null and not proration and not coalesce(varies, false) as fixed,
        try_cast(left(period_start, 10) as date) as starts,
        -- The end of a period in Stripe is the start of the next one.
        case when left(period_end, 10) > left(period_start, 10) then try_cast(left(period_end, 10) as date) - 1 else try_cast(left(period_end, 10) as date) end as ends
    from iso_lines
    left join tariff on tariff.id = price_id
),
billed as (
    select invoice_id, any_value(subscription_id) as subscription_id, count(*) as line_count,
        coalesce(arg_max(billed_tier, amount) filter (fixed), arg_max(billed_tier, amount) filter (proration), arg_max(billed_tier, amount)) as tier,
        case when count(*) filter (fixed) = 1 then max(quantity) filter (fixed) else 1 end as quantity,
        min(starts) filter (fixed) as fixed_from,
        coalesce(min(starts) filter (fixed), min(starts) filter (price_id is not null)) as period_from,
        coalesce(max(ends) filter (fixed), max(ends) filter (price_id is not null)) as period_to,
        coalesce(sum(-amount) filter (amount < 0 and not proration and price_id is null), 0) as credited
    from lines
    group by invoice_id
),

-- Invoices that stand.
iso_invoices as (
    select id, coalesce(customer_id, customer) as customer_id, coalesce(subscription_id, subscription) as subscription_id,
        lower(status) as status, coalesce(lower(paid), 'false') in ('true', 't', '1') as paid, currency, subtotal, total, tax,
        total_excluding_tax, subtotal_excluding_tax, amount_due, row_number() over () as position,
        case
            when regexp_full_match(columns(['created', 'date', 'due_date', 'status_transitions_finalized_at', 'period_start', 'period_end']), '\d{9,10}')
                then strftime(make_timestamp(cast(columns(['created', 'date', 'due_date', 'status_transitions_finalized_at', 'period_start', 'period_end']) as bigint) * 1000000), '%Y-%m-%dT%H:%M:%SZ')
            else columns(['created', 'date', 'due_date', 'status_transitions_finalized_at', 'period_start', 'period_end'])
        end
    from invoice
    where coalesce(lower(is_deleted), 'false') not in ('true', 't', '1')
        and coalesce(lower(status), 'open') not in ('draft', 'deleted')
),
invoices as (
    select *, coalesce(created, "date", status_transitions_finalized_at, period_end) as dated,
        -- Billed without tax: the total is after discounts and with tax, the amount due is also less the customer's balance.
        case
            when total_excluding_tax is not null then total_excluding_tax
            when total is null then coalesce(subtotal, amount_due)
            when tax is null then total
            when not regexp_full_match(tax, '[+-]?\d{1,15}') then tax
            when not regexp_full_match(total, '[+-]?\d{1,15}') then total
            else cast(cast(total as bigint) - cast(tax as bigint) as varchar)
        end as net
    from iso_invoices
),
net as (
    select invoices.*, billed.* exclude (invoice_id, subscription_id),
        coalesce(invoices.subscription_id, billed.subscription_id) as stripe_subscription,
        case when regexp_full_match(net, '[+-]?\d{1,15}') then cast(net as bigint) end as net_minor,
        case
            -- Tax within the prices, and nothing taken off.
            when subtotal = total then try_cast(net as bigint)
            when regexp_full_match(coalesce(subtotal_excluding_tax, subtotal), '[+-]?\d{1,15}')
                then greatest(cast(coalesce(subtotal_excluding_tax, subtotal) as bigint), net_minor)
        end as subtotal_minor
    from invoices
    left join billed on billed.invoice_id = invoices.id
),

-- The row of subscriptions that an invoice belongs to, told as there from what was billed before a change of plan or seats.
terms_billed as (
    select net.stripe_subscription as subscription_id, net.id as invoice_id, min(starts) as period_from,
        arg_max(lines.tier, (unit_minor * lines.quantity, lines.tier)) as tier,
        case when count(*) = 1 then max(lines.quantity) else 1 end as quantity
    from net
    join lines on lines.invoice_id = net.id
    where fixed and lines.tier is not null and starts is not null and coalesce(net.status, 'paid') <> 'void' and stripe_subscription is not null
    group by all
),
changes as (
    select subscription_id,
        coalesce(
            min(period_from) filter (terms_billed.tier = current_terms.tier and cast(terms_billed.quantity as varchar) = current_terms.quantity),
            max(period_from)) as current_from
    from terms_billed
    join current_terms using (subscription_id)
    group by subscription_id
),
earlier as (
    select terms_billed.*,
        tier is distinct from lag(tier) over before or quantity is distinct from lag(quantity) over before as changed
    from terms_billed
    join changes using (subscription_id)
    where period_from < current_from
    window before as (partition by subscription_id order by period_from, invoice_id)
),
runs as (
    select subscription_id, period_from, invoice_id,
        count(*) filter (changed) over (partition by subscription_id order by period_from, invoice_id) as run
    from earlier
),
run_starts as (
    select subscription_id, run, min(period_from) as run_from from runs group by all
),
assigned as (
    select net.*, run_starts.run
    from net
    left join changes on changes.subscription_id = stripe_subscription
    left join run_starts on run_starts.subscription_id = stripe_subscription
        and net.period_from < changes.current_from
        and (run_starts.run_from <= net.period_from or run_starts.run = 1)
    qualify row_number() over (partition by net.position order by run_starts.run desc nulls last) = 1
),

-- What was due: what was billed, what by its prices is missing from it, and a discount that had ended.
full_lines as (
    select lines.invoice_id, sum(amount) as amount, sum(unit_minor * lines.quantity) as minor, max(months) as months
    from lines
    left join subscriptions on subscriptions.id = lines.subscription_id
    where fixed and not in_packages and ends >= cast(starts + to_months(months) as date) - 1
        and (subscriptions.trial_end is null or starts >= subscriptions.trial_end)
        and coalesce(description, '') not ilike '%trial%'
    group by lines.invoice_id
),
shortfalls as (
    select assigned.id as invoice_id,
        cast(case
            -- Billed on other terms than the subscription's, and on no earlier ones.
            when run is null and full_lines.months = current_terms.months and not current_terms.unsure
                and (assigned.tier <> current_terms.tier or cast(assigned.quantity as varchar) <> current_terms.quantity)
                then current_terms.minor
            else full_lines.minor
        end - full_lines.amount as hugeint) as minor
    from assigned
    join full_lines on full_lines.invoice_id = assigned.id
    left join current_terms on current_terms.subscription_id = stripe_subscription
),
discounts as (
    select coalesce(subscription_id, subscription) as subscription_id, coalesce(customer_id, customer) as customer_id,
        case
            when regexp_full_match(columns(['start', 'end']), '\d{9,10}')
                then strftime(make_timestamp(cast(columns(['start', 'end']) as bigint) * 1000000), '%Y-%m-%dT%H:%M:%SZ')
            else columns(['start', 'end'])
        end
    from subscription_discount
    where invoice_id is null
),
discounted as (
    select assigned.id as invoice_id, left(dated, 10) as dated, period_from, discounts.*
    from assigned
    join discounts on discounts.subscription_id = stripe_subscription
    union all
    select assigned.id, left(dated, 10), period_from, discounts.*
    from assigned
    join discounts on discounts.customer_id = assigned.customer_id
    where discounts.subscription_id is null
),
discount_ended as (
    select invoice_id
    from discounted
    where left("start", 10) <= dated
    group by invoice_id
    having bool_and(coalesce(left("end", 10) <= coalesce(cast(period_from as varchar), dated), false))
),
judged as (
    select assigned.*,
        credited + case
            when discount_ended.invoice_id is not null then subtotal_minor + coalesce(shortfalls.minor, 0)
            -- What is missing would have been discounted like the rest.
            when subtotal_minor > 0 and shortfalls.minor <> 0
                then net_minor + sign(shortfalls.minor) * ((2 * abs(shortfalls.minor) * net_minor + subtotal_minor) // (2 * subtotal_minor))
            else net_minor + coalesce(shortfalls.minor, 0)
        end as expected_minor
    from assigned
    left join shortfalls on shortfalls.invoice_id = assigned.id
    left join discount_ended on discount_ended.invoice_id = assigned.id
)
select
    id as invoice_id,
    customer_id,
    dated as invoice_date,
    from_minor_units(net, currency) as billed_amount,
    case
        when stripe_subscription is null then from_minor_units(cast(net_minor + coalesce(credited, 0) as varchar), currency)
        when line_count is not null then from_minor_units(cast(expected_minor as varchar), currency)
    end as expected_amount,
    tier as plan_tier_billed,
    coalesce(status, case when paid then 'paid' else 'open' end) as status,
    stripe_subscription || coalesce('~' || run, '') as subscription_id,
    -- The period columns of an invoice look back over the period before. What it covers stands in its lines.
    coalesce(cast(period_from as varchar), case when left(period_end, 10) > left(dated, 10) then period_start end) as period_start,
    coalesce(cast(period_to as varchar), case when left(period_end, 10) > left(dated, 10) then period_end end) as period_end,
    due_date,
    upper(currency) as currency
from judged
order by position
