with charges as (
    select id, coalesce(customer_id, customer) as customer_id, coalesce(invoice_id, invoice) as invoice_id,
        coalesce(payment_intent_id, payment_intent) as payment_intent, amount, currency, created, lower(status) as status,
        coalesce(lower(paid), 'false') in ('true', 't', '1') as paid,
        coalesce(lower(captured), 'true') in ('true', 't', '1') as captured, row_number() over () as position
    from charge
),
invoices as (
    select id, coalesce(customer_id, customer) as customer_id, lower(status) as status, currency,
        coalesce(charge_id, charge) as charge_id, coalesce(payment_intent_id, payment_intent) as payment_intent,
        coalesce(status_transitions_paid_at, created, "date", period_end) as settled_at,
        coalesce(lower(paid_out_of_band), 'false') in ('true', 't', '1') as out_of_band,
        coalesce(lower(paid), 'false') in ('true', 't', '1') as paid,
        case when regexp_full_match(total, '[+-]?\d{1,15}') then cast(total as bigint) end as total,
        case when regexp_full_match(amount_due, '[+-]?\d{1,15}') then cast(amount_due as bigint) end as amount_due,
        case when regexp_full_match(amount_paid, '[+-]?\d{1,15}') then cast(amount_paid as bigint) end as amount_paid
    from invoice_ref
    where coalesce(lower(is_deleted), 'false') not in ('true', 't', '1')
),
-- Newer exports link a charge to its invoice by the payment intent only.
by_charge as (
    select charge_id, min(id) as invoice_id from invoices where charge_id is not null group by charge_id
),
by_intent as (
    select payment_intent, min(id) as invoice_id from invoices where payment_intent is not null group by payment_intent
),
charged as (
    select charges.id as payment_id,
        coalesce(charges.invoice_id, by_charge.invoice_id, by_intent.invoice_id) as invoice_id,
        charges.customer_id,
        charges.created as payment_date,
        from_minor_units(charges.amount, charges.currency) as amount,
        'stripe' as payment_processor,
        case
            -- Authorised and not captured: no money has moved yet.
            when charges.status = 'succeeded' and not captured then 'pending'
            when charges.status = 'succeeded' then 'completed'
            else coalesce(charges.status, case when paid then 'completed' else 'failed' end)
        end as status,
        charges.currency,
        position
    from charges
    left join by_charge on by_charge.charge_id = charges.id
    left join by_intent on by_intent.payment_intent = charges.payment_intent
),
settled as (
    select *, total - greatest(amount_due, coalesce(amount_paid, 0)) as by_credit
    from invoices
    where coalesce(status, case when paid then 'paid' end) = 'paid'
),
-- Without these an invoice settled from the customer's balance, or outside of Stripe, would look unpaid.
credited as (
    select id || ':credit' as payment_id, id as invoice_id, customer_id, settled_at as payment_date,
        from_minor_units(cast(by_credit as varchar), currency) as amount, 'stripe_balance' as payment_processor,
        'completed' as status, currency
    from settled
    where by_credit > 0
),
outside as (
    select id || ':outside' as payment_id, id as invoice_id, customer_id, settled_at as payment_date,
        from_minor_units(cast(total - greatest(coalesce(by_credit, 0), 0) as varchar), currency) as amount,
        'outside_stripe' as payment_processor, 'completed' as status, currency
    from settled
    where out_of_band
),
payments as (
    from charged
    union all by name
    from credited
    union all by name
    from outside
)
select
    payments.* exclude (customer_id, payment_date, currency, position),
    coalesce(payments.customer_id, invoices.customer_id) as customer_id,
    case
        when regexp_full_match(payment_date, '\d{9,10}')
            then strftime(make_timestamp(cast(payment_date as bigint) * 1000000), '%Y-%m-%dT%H:%M:%SZ')
        else payment_date
    end as payment_date,
    upper(payments.currency) as currency
from payments
left join (select id, any_value(customer_id) as customer_id from invoices group by id) as invoices
    on invoices.id = payments.invoice_id
order by position, payment_id
