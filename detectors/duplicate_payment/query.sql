with limits as (
    select
        cast($min_surplus as decimal(18, 4)) as min_surplus,
        cast($tolerance_percent as decimal(20, 4)) as tolerance_percent
),

overpaid as (
    select unsettled.*
    from unsettled
    cross join limits
    where completed_payments > 1
        and not in_other_currency
        and owed > 0
        and round(cast(completed - owed as decimal(18, 4)) * to_base, 4) > min_surplus
),

in_order as (
    select
        overpaid.invoice_id,
        overpaid.owed,
        overpaid.to_base as rate,
        payments.payment_id,
        payments.payment_date,
        payments.amount,
        payments.payment_processor,
        sum(payments.amount) over (
            partition by payments.invoice_id
            order by payments.payment_date, payments.payment_id
            rows unbounded preceding
        ) as so_far
    from overpaid
    join payments on payments.invoice_id = overpaid.invoice_id and payments.status = 'completed' and payments.amount > 0
),

-- A payment is surplus when those before it have paid the invoice, but for small change.
split as (
    select
        in_order.*,
        (so_far - amount) + greatest(cast(limits.min_surplus as double) / rate, owed * 0.005) >= owed as is_surplus
    from in_order
    cross join limits
),

summed as (
    select
        invoice_id,
        list(payment_id order by payment_date, payment_id) as payment_ids,
        list(payment_id order by payment_date, payment_id) filter (where is_surplus) as surplus_ids,
        sum(amount) filter (where is_surplus) as surplus_paid,
        min(payment_date) as first_at,
        max(payment_date) as last_at,
        lower(max_by(payment_processor, (payment_date, payment_id))) as processor
    from split
    group by invoice_id
),

refunded as (
    select split.invoice_id, sum(refunds.amount) as refunded
    from refunds
    join split on split.payment_id = refunds.linked_payment_id
    join overpaid on overpaid.invoice_id = split.invoice_id and overpaid.currency = refunds.currency
    where refunds.amount > 0
    group by split.invoice_id
),

found as (
    select
        overpaid.*,
        summed.* exclude (invoice_id),
        coalesce(refunded.refunded, 0) as refunded,
        cast(completed - owed - coalesce(refunded.refunded, 0) as decimal(18, 4)) as surplus
    from overpaid
    cross join limits
    join summed on summed.invoice_id = overpaid.invoice_id
    left join refunded on refunded.invoice_id = overpaid.invoice_id
    where summed.surplus_paid is not null
        and abs(summed.surplus_paid - (completed - owed))
            <= greatest(
                cast(limits.min_surplus as double) / overpaid.to_base,
                summed.surplus_paid * limits.tolerance_percent / 100
            )
        and round(cast(completed - owed - coalesce(refunded.refunded, 0) as decimal(18, 4)) * overpaid.to_base, 4)
            > limits.min_surplus
)

select
    found.invoice_id,
    found.payment_ids,
    found.surplus_ids,
    found.customer_id,
    round(found.surplus, 2) as amount,
    found.currency,
    found.last_at as fact_date,
    coalesce(customers.customer_name, found.customer_id) as customer,
    found.owed,
    case when found.owed <> found.billed_amount then found.billed_amount end as billed,
    case when found.tax <> 0 then found.tax end as tax,
    found.completed,
    case when found.refunded > 0 then found.refunded end as refunded,
    found.owed + found.refunded as kept,
    cast(cast(found.last_at as date) - cast(found.first_at as date) as integer) as days_between,
    customers.region,
    customers.segment,
    lower(coalesce(found.plan_tier_billed, customers.plan_tier)) as plan_tier,
    found.processor,
    amount_band(found.surplus * found.to_base) as amount_band
from found
left join customers on customers.customer_id = found.customer_id
order by found.invoice_id
