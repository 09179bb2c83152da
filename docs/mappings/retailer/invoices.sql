with lines as (
    select
        InvoiceNo as invoice_no,
        coalesce(regexp_replace(CustomerID, '\.0+$', ''), 'no-customer-id') as customer_id,
        coalesce(strftime(try_strptime(InvoiceDate, '%m/%d/%Y %H:%M'), '%Y-%m-%dT%H:%M:%S'), InvoiceDate) as sold_at,
        case
            when not regexp_full_match(coalesce(Quantity, ''), '-?\d{1,9}') then coalesce(Quantity, 'no quantity')
            when not regexp_full_match(coalesce(UnitPrice, ''), '-?\d{1,9}(\.\d{1,4})?') then coalesce(UnitPrice, 'no price')
        end as unreadable,
        case when unreadable is null then cast(Quantity as bigint) * cast(UnitPrice as decimal(13, 4)) end as amount,
        row_number() over () as position
    from sales
),
sales_lines as (
    select *
    from lines
    where not regexp_matches(coalesce(invoice_no, ''), '^[CcAa]')
)
select
    invoice_no as invoice_id,
    any_value(customer_id) as customer_id,
    -- An unreadable date must come through, to be reported, although the invoice's other lines have one.
    coalesce(min(sold_at) filter (try_cast(sold_at as timestamp) is null), min(sold_at)) as invoice_date,
    -- One unreadable line sets the whole invoice aside: better missing and reported than too small.
    coalesce(min(unreadable), cast(sum(amount) as varchar)) as billed_amount,
    'retail' as plan_tier_billed,
    'paid' as status,
    'GBP' as currency
from sales_lines
group by invoice_no
-- Without any price it is no sale but a movement of stock.
having bool_or(amount is distinct from 0)
order by min(position)
