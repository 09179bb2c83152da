with invoices as (
    select id, any_value(coalesce(customer_id, customer)) as customer_id from invoice_ref group by id
),
charges as (
    select charge.id, coalesce(charge.customer_id, charge.customer, invoices.customer_id) as customer_id,
        coalesce(charge.payment_intent_id, charge.payment_intent) as payment_intent, lower(charge.status) as status
    from charge_ref as charge
    left join invoices on invoices.id = coalesce(charge.invoice_id, charge.invoice)
    qualify row_number() over (partition by charge.id) = 1
),
by_intent as (
    select payment_intent, max(id) as charge_id from charges where status = 'succeeded' group by payment_intent
),
in_order as (
    select *, row_number() over () as position from refund
),
refunds as (
    select refund.* exclude (charge_id), coalesce(refund.charge_id, refund.charge, by_intent.charge_id) as charge_id
    from in_order as refund
    left join by_intent on by_intent.payment_intent = coalesce(refund.payment_intent_id, refund.payment_intent)
    -- An authorisation that ran out gave no money back, nor did a refund that failed.
    where coalesce(lower(refund.status), 'succeeded') not in ('failed', 'canceled')
        and coalesce(lower(refund.reason), '') <> 'expired_uncaptured_charge'
)
select
    refunds.id as refund_id,
    charges.customer_id,
    case
        when regexp_full_match(refunds.created, '\d{9,10}')
            then strftime(make_timestamp(cast(refunds.created as bigint) * 1000000), '%Y-%m-%dT%H:%M:%SZ')
        else refunds.created
    end as refund_date,
    from_minor_units(refunds.amount, refunds.currency) as amount,
    coalesce(refunds.reason, 'unspecified') as reason,
    'stripe' as processor,
    refunds.charge_id as linked_payment_id,
    upper(refunds.currency) as currency,
    refunds.description as note
from refunds
left join charges on charges.id = refunds.charge_id
order by position
