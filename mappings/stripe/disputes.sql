with invoices as (
    select id, any_value(coalesce(customer_id, customer)) as customer_id from invoice_ref group by id
),
charges as (
    select charge.id, any_value(coalesce(charge.customer_id, charge.customer, invoices.customer_id)) as customer_id
    from charge_ref as charge
    left join invoices on invoices.id = coalesce(charge.invoice_id, charge.invoice)
    group by charge.id
),
disputes as (
    select *, row_number() over () as position from dispute
)
select
    dispute.id as dispute_id,
    coalesce(dispute.charge_id, dispute.charge) as payment_id,
    charges.customer_id,
    case
        when regexp_full_match(dispute.created, '\d{9,10}')
            then strftime(make_timestamp(cast(dispute.created as bigint) * 1000000), '%Y-%m-%dT%H:%M:%SZ')
        else dispute.created
    end as opened_at,
    from_minor_units(dispute.amount, dispute.currency) as amount,
    case
        -- An inquiry that was closed took no money, no more than a dispute won.
        when lower(dispute.status) in ('won', 'warning_closed', 'prevented', 'charge_refunded') then 'won'
        when lower(dispute.status) in ('needs_response', 'under_review', 'warning_needs_response', 'warning_under_review') then 'open'
        else coalesce(lower(dispute.status), 'open')
    end as status,
    dispute.reason,
    upper(dispute.currency) as currency
from disputes as dispute
left join charges on charges.id = coalesce(dispute.charge_id, dispute.charge)
order by position
