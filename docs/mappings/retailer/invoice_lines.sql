with lines as (
    select
        InvoiceNo as invoice_no,
        StockCode as stock_code,
        Description as description,
        Quantity as quantity,
        UnitPrice as unit_price,
        case
            when not regexp_full_match(coalesce(Quantity, ''), '-?\d{1,9}') then coalesce(Quantity, 'no quantity')
            when not regexp_full_match(coalesce(UnitPrice, ''), '-?\d{1,9}(\.\d{1,4})?') then coalesce(UnitPrice, 'no price')
        end as unreadable,
        case when unreadable is null then cast(Quantity as bigint) * cast(UnitPrice as decimal(13, 4)) end as amount,
        row_number() over () as position
    from sales
),
numbered as (
    -- One product can stand on an invoice twice, so only its place makes a line unique.
    select *, row_number() over (partition by invoice_no order by position) as line_no,
        bool_or(amount is distinct from 0) over (partition by invoice_no) as sold
    from lines
    where not regexp_matches(coalesce(invoice_no, ''), '^[CcAa]')
)
select
    invoice_no || '-' || line_no as line_id,
    invoice_no as invoice_id,
    case when stock_code = 'D' then 'discount' else 'item' end as line_type,
    coalesce(unreadable, cast(amount as varchar)) as amount,
    quantity,
    unit_price,
    concat_ws(' ', stock_code, description) as description
from numbered
where sold
order by position
