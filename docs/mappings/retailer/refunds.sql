with lines as (
    select
        InvoiceNo as invoice_no,
        coalesce(regexp_replace(CustomerID, '\.0+$', ''), 'no-customer-id') as customer_id,
        coalesce(strftime(try_strptime(InvoiceDate, '%m/%d/%Y %H:%M'), '%Y-%m-%dT%H:%M:%S'), InvoiceDate) as refunded_at,
        case
            when not regexp_full_match(coalesce(Quantity, ''), '-?\d{1,9}') then coalesce(Quantity, 'no quantity')
            when not regexp_full_match(coalesce(UnitPrice, ''), '-?\d{1,9}(\.\d{1,4})?') then coalesce(UnitPrice, 'no price')
        end as unreadable,
        case when unreadable is null then -cast(Quantity as bigint) * cast(UnitPrice as decimal(13, 4)) end as amount,
        row_number() over () as position
    from sales
    where regexp_matches(InvoiceNo, '^[Cc]')
        -- The shop's own costs are booked like cancellations, but nobody gets money back.
        and coalesce(upper(StockCode), '') not in ('AMAZONFEE', 'BANK CHARGES', 'CRUK', 'S')
)
select
    invoice_no as refund_id,
    any_value(customer_id) as customer_id,
    coalesce(min(refunded_at) filter (try_cast(refunded_at as timestamp) is null), min(refunded_at)) as refund_date,
    coalesce(min(unreadable), cast(sum(amount) as varchar)) as amount,
    'cancellation' as reason,
    'till' as processor,
    -- The export does not say which sale a cancellation belongs to.
    cast(null as varchar) as linked_payment_id,
    'GBP' as currency
from lines
group by invoice_no
having bool_or(amount is distinct from 0)
order by min(position)
