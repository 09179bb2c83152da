with metered as (
    select id from price where recurring_usage_type = 'metered'
    union
    select id from plan where usage_type = 'metered'
),
invoices as (
    select id, coalesce(subscription_id, subscription) as subscription_id, currency, subtotal, total, tax, total_excluding_tax,
        case when regexp_full_match(subtotal, '[+-]?\d{1,15}') then cast(subtotal as bigint) end as subtotal_minor,
        case when regexp_full_match(total, '[+-]?\d{1,15}') then cast(total as bigint) end as total_minor,
        case
            when regexp_full_match(tax, '[+-]?\d{1,15}') then cast(tax as bigint)
            when tax is null and regexp_full_match(total, '[+-]?\d{1,15}') and regexp_full_match(total_excluding_tax, '[+-]?\d{1,15}')
                then cast(total as bigint) - cast(total_excluding_tax as bigint)
            when tax is null then 0
        end as tax_minor
    from invoice
    where coalesce(lower(is_deleted), 'false') not in ('true', 't', '1')
        and coalesce(lower(status), 'open') not in ('draft', 'deleted')
),
lines as (
    select coalesce(line.invoice_id, line.invoice) as invoice_id, line.* exclude (invoice_id, invoice, currency),
        coalesce(line.price_id, line.plan_id) as tariff_id,
        coalesce(line.currency, invoices.currency) as currency
    from invoice_line_item as line
    join invoices on invoices.id = coalesce(line.invoice_id, line.invoice)
),
itemised as (
    select
        -- A line's id is unique in its invoice only.
        invoice_id || ':' || id as line_id,
        invoice_id,
        case
            when lower(proration) in ('true', 't', '1') then 'proration'
            when exists (from metered where metered.id = tariff_id) then 'usage'
            when tariff_id is not null then 'subscription'
            when amount like '-%' then 'credit'
            else 'item'
        end as line_type,
        from_minor_units(amount, currency) as amount,
        quantity,
        description
    from lines
),

-- Line amounts are before discounts and tax. These lines lead from their sum to the invoice's total.
not_itemised as (
    select id || ':subtotal' as line_id, id as invoice_id,
        case when subscription_id is null then 'item' else 'subscription' end as line_type,
        from_minor_units(coalesce(subtotal, cast(total_minor - tax_minor as varchar)), currency) as amount,
        'all lines, which the export does not have' as description
    from invoices
    where not exists (from lines where lines.invoice_id = invoices.id) and coalesce(subtotal, total) is not null
),
discounts as (
    select id || ':discount' as line_id, id as invoice_id,
        case when total_minor - tax_minor < subtotal_minor then 'discount' else 'item' end as line_type,
        from_minor_units(cast(total_minor - tax_minor - subtotal_minor as varchar), currency) as amount,
        case when total_minor - tax_minor < subtotal_minor then 'discounts' else 'shipping' end as description
    from invoices
    where total_minor - tax_minor <> subtotal_minor
),
taxes as (
    select id || ':tax' as line_id, id as invoice_id, 'tax' as line_type,
        from_minor_units(coalesce(cast(tax_minor as varchar), tax), currency) as amount, 'tax' as description
    from invoices
    where tax_minor is distinct from 0
)
from itemised
union all by name
from not_itemised
union all by name
from discounts
union all by name
from taxes
