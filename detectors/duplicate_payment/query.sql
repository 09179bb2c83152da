with limits as (
    select
        cast($min_surplus as decimal(18, 4)) as min_surplus,
        cast($tolerance_percent as decimal(20, 4)) as tolerance_percent
),

collected_more as (
    select unsettled.*
    from unsettled
    cross join limits
    where completed_payments > 1
        and not in_other_currency
        and owed > 0
        and round((at_least - owed) * to_base, 4) > min_surplus
),

-- Where there are no lines the tax is not known. That each payment brought the same, up to a third more than was billed, says what was asked.
asked_each_time as (
    select collected_more.invoice_id, min(payments.amount) as asked
    from collected_more
    join payments on payments.invoice_id = collected_more.invoice_id and payments.status = 'completed' and payments.amount > 0
    where not collected_more.converted
        and collected_more.invoice_id not in (select invoice_id from line_sums)
    group by collected_more.invoice_id
    having count(*) > 1
        and min(payments.amount) = max(payments.amount)
        and min(payments.amount) between min(collected_more.owed) and min(collected_more.owed) * 4 / 3
),

overpaid as (
    select
        collected_more.* replace (coalesce(asked_each_time.asked, collected_more.owed) as owed),
        asked_each_time.asked > collected_more.owed as with_unseen_tax
    from collected_more
    left join asked_each_time using (invoice_id)
),

converted as (
    select invoice_id, unnest(paid_ids) as payment_id, unnest(paid_worths) as worth
    from overpaid
    where converted
),

paid as (
    select
        payments.* replace (cast(coalesce(cast(converted.worth as decimal(18, 4)), payments.amount) as decimal(18, 4)) as amount),
        payments.amount as as_paid
    from payments
    left join converted on converted.payment_id = payments.payment_id
    where payments.invoice_id in (select invoice_id from overpaid)
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
        payments.currency as paid_in,
        payments.as_paid,
        sum(payments.amount) over (
            partition by payments.invoice_id
            order by payments.payment_date, payments.payment_id
            rows unbounded preceding
        ) as so_far
    from overpaid
    join paid as payments on payments.invoice_id = overpaid.invoice_id and payments.status = 'completed' and payments.amount > 0
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
    select
        split.invoice_id,
        cast(
            sum(
                case
                    when refunds.currency = overpaid.currency then refunds.amount
                    else cast(round(cast(refunds.amount as double) * cast(split.amount as double) / cast(split.as_paid as double), 2) as decimal(18, 4))
                end
            ) as decimal(20, 4)
        ) as refunded
    from refunds
    join split on split.payment_id = refunds.linked_payment_id
    join overpaid on overpaid.invoice_id = split.invoice_id and refunds.currency in (overpaid.currency, split.paid_in)
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
    case when found.with_unseen_tax then 'its lines, and so its tax, are not known' end as unseen_tax,
    found.completed,
    found.paid_ids,
    found.paid_worths,
    case when found.converted then 'Payments in another currency' end as converted,
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
