-- The lines of each invoice, by what they are for.
select
    invoice_id,
    count(*) as lines,
    cast(coalesce(sum(amount) filter (where line_type is distinct from 'tax'), 0) as decimal(18, 4)) as net,
    cast(coalesce(sum(amount) filter (where line_type = 'tax'), 0) as decimal(18, 4)) as tax,
    cast(least(coalesce(sum(amount) filter (where line_type = 'credit'), 0), 0) as decimal(18, 4)) as credits,
    cast(coalesce(sum(amount) filter (where line_type = 'discount'), 0) as decimal(18, 4)) as discounts,
    cast(coalesce(sum(amount) filter (where line_type = 'usage'), 0) as decimal(18, 4)) as usage,
    cast(count(*) filter (where line_type = 'proration') as integer) as prorations,
    cast(count(*) filter (where line_type = 'subscription') as integer) as subscription_lines,
    cast(sum(quantity) filter (where line_type in ('subscription', 'proration') and amount > 0) as decimal(18, 4)) as quantity,
    cast(count(*) filter (where line_type in ('subscription', 'proration') and amount > 0 and quantity is null) as integer)
        as lines_without_quantity,
    min(unit_price) filter (where line_type = 'subscription') as unit_price,
    max(unit_price) filter (where line_type = 'subscription') as highest_unit_price
from invoice_lines
group by invoice_id
