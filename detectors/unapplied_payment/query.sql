with limits as (
    select cast($fresh_days as integer) as fresh_days
),

-- Where most payments have no invoice, the invoices are incomplete, or payments are not made for invoices here.
completeness as (
    select
        count(*) filter (where status = 'completed') >= 20
            and (select count(*) from unapplied where why <> 'void') * 2 > count(*) filter (where status = 'completed')
            or count(*) filter (where status = 'completed') >= 3
            and (select count(*) from unapplied where why <> 'void') = count(*) filter (where status = 'completed')
            as invoices_incomplete
    from payments
),

found as (
    select unapplied.*, cast(amount - refunded as decimal(18, 4)) as remaining
    from unapplied
    cross join limits
    cross join clock
    cross join completeness
    where payment_date < clock.now - to_days(fresh_days)
        and payment_date >= (select min(invoice_date) from invoices)
        and amount > refunded
        and (why = 'void' or not invoices_incomplete)
)

select
    found.payment_id,
    found.customer_id,
    round(found.remaining, 2) as amount,
    found.amount as received,
    found.currency,
    found.payment_date as fact_date,
    coalesce(customers.customer_name, found.customer_id, 'an unknown customer') as customer,
    case when found.why = 'missing' then found.invoice_id end as missing_invoice,
    case when found.why = 'void' then found.invoice_id end as void_invoice,
    case when found.why = 'none' then 'no invoice' end as no_invoice,
    case when found.refunded > 0 then found.refunded end as refunded,
    found.refunded as given_back,
    customers.region,
    customers.segment,
    customers.plan_tier,
    lower(found.payment_processor) as processor,
    found.why,
    amount_band(found.remaining * found.to_base) as amount_band
from found
left join customers on customers.customer_id = found.customer_id
order by found.payment_id
