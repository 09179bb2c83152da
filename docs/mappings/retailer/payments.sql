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
    where not regexp_matches(coalesce(InvoiceNo, ''), '^[CcAa]')
)
select
    'pay-' || invoice_no as payment_id,
    invoice_no as invoice_id,
    any_value(customer_id) as customer_id,
    coalesce(min(sold_at) filter (try_cast(sold_at as timestamp) is null), min(sold_at)) as payment_date,
    coalesce(min(unreadable), cast(sum(amount) as varchar)) as amount,
    'till' as payment_processor,
    'completed' as status,
    'GBP' as currency
from lines
group by invoice_no
having bool_or(amount is distinct from 0)
order by min(position)
