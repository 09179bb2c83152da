with limits as (
    select
        cast($min_gap as decimal(18, 4)) as min_gap,
        cast($min_gap_percent as decimal(20, 4)) as min_gap_percent
),

-- Books that hold no payments for most paid invoices cannot say of one that it was not paid.
completeness as (
    select
        paid >= 20 and unpaid * 2 > paid or paid >= 3 and unpaid = paid as payments_incomplete,
        (select min(payment_date) from payments) as first_payment
    from
        (select count(*) as paid from invoices where status = 'paid' and billed_amount > 0) all_paid,
        (select count(*) as unpaid from unsettled where status = 'paid' and billed_amount > 0 and attempts = 0) without_payment
),

short as (
    select unsettled.*, cast(owed - completed as decimal(20, 4)) as gap
    from unsettled
    cross join limits
    cross join completeness
    where status = 'paid'
        and undecided_payments = 0
        and not in_other_currency
        and round((owed - at_most) * to_base, 4) > min_gap
        and (owed - at_most) * 100 > owed * min_gap_percent
        and not (attempts = 0 and (payments_incomplete or invoice_date < first_payment))
        and invoice_id not in (
            select invoice_id from set_aside.payments where invoice_id is not null
        )
),

-- A payment that lost its invoice may be the one that this invoice misses: of equal ones each explains one invoice.
strays as (
    select
        short.invoice_id,
        unapplied.payment_id,
        row_number() over (
            partition by short.customer_id, short.currency, short.gap
            order by abs(date_diff('second', short.invoice_date, unapplied.payment_date)), short.invoice_id, unapplied.payment_id
        ) as place
    from short
    join unapplied
        on unapplied.customer_id = short.customer_id
        and unapplied.currency = short.currency
        and unapplied.amount = short.gap
        and unapplied.why <> 'void'
        and abs(date_diff('day', short.invoice_date, unapplied.payment_date)) <= 60
),

explained as (
    select invoice_id, min_by(payment_id, place) as payment_id
    from strays
    group by invoice_id
    qualify row_number() over (partition by min_by(payment_id, place) order by min(place)) = 1
)

select
    short.invoice_id,
    short.customer_id,
    round(short.gap, 2) as amount,
    short.currency,
    short.invoice_date as fact_date,
    coalesce(customers.customer_name, short.customer_id) as customer,
    short.owed,
    case when short.tax <> 0 and short.owed <> short.billed_amount then short.billed_amount end as billed,
    case when short.tax <> 0 then short.tax end as tax,
    short.completed,
    nullif(short.completed_payments, 0) as payments,
    short.paid_ids,
    short.paid_worths,
    case when short.converted then 'Payments in another currency' end as converted,
    case when short.completed_payments = 0 then 'no completed payment' end as no_payment,
    explained.payment_id as stray_payment_id,
    customers.region,
    customers.segment,
    lower(coalesce(short.plan_tier_billed, customers.plan_tier)) as plan_tier,
    amount_band(short.gap * short.to_base) as amount_band,
    case
        when short.completed = 0 then 'nothing paid'
        when short.gap * 20 < short.owed then 'under 5 %'
        when short.gap * 5 < short.owed then '5 to 20 %'
        when short.gap * 2 < short.owed then '20 to 50 %'
        else '50 % and more'
    end as margin
from short
left join explained on explained.invoice_id = short.invoice_id
left join customers on customers.customer_id = short.customer_id
order by short.invoice_id
