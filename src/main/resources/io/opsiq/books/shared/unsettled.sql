-- Invoices that count and that one completed payment did not settle: what each asks for, and what was collected on it. Payments in
-- another currency are converted at the rates of their own days; where one has no rate they are not set against the invoice. Of the
-- invoice's day and the payments' the two rates tell the least and the most that was collected.
with in_other_currency as (
    select invoice_id, currency, invoice_day
    from open_ended
    where several_currencies or paid_currency <> currency
),

converted as (
    select
        other.invoice_id,
        payments.payment_id,
        case when payments.currency = other.currency then 1 else cast(theirs.to_base as double) / ours.to_base end as rate,
        case when payments.currency = other.currency then 1 else cast(their_first.to_base as double) / our_first.to_base end as first_rate,
        case when minor_digits(other.currency) = 0 then round(payments.amount * rate) else round(payments.amount * rate, 2) end as worth,
        payments.amount
    from in_other_currency as other
    join payments on payments.invoice_id = other.invoice_id and payments.status = 'completed'
    left join daily_rates as theirs on theirs.currency = payments.currency and theirs.day = cast(payments.payment_date as date)
    left join daily_rates as ours on ours.currency = other.currency and ours.day = cast(payments.payment_date as date)
    left join daily_rates as their_first on their_first.currency = payments.currency and their_first.day = other.invoice_day
    left join daily_rates as our_first on our_first.currency = other.currency and our_first.day = other.invoice_day
),

in_own_currency as (
    select
        invoice_id,
        cast(sum(worth) as decimal(18, 4)) as completed,
        list(payment_id order by payment_id) as paid_ids,
        list(cast(cast(worth as decimal(18, 4)) as varchar) order by payment_id) as paid_worths,
        cast(sum(round(amount * least(rate, first_rate), 2)) as decimal(18, 4)) as at_least,
        cast(sum(round(amount * greatest(rate, first_rate), 2)) as decimal(18, 4)) as at_most
    from converted
    group by invoice_id
    having count(rate) = count(*)
)

select
    open_ended.* exclude (paid_currency, several_currencies, currency, invoice_day) replace (
        coalesce(in_own_currency.completed, open_ended.completed) as completed
    ),
    coalesce(in_own_currency.at_least, open_ended.completed) as at_least,
    coalesce(in_own_currency.at_most, open_ended.completed) as at_most,
    in_own_currency.invoice_id is not null as converted,
    coalesce(in_own_currency.paid_ids, ['']) as paid_ids,
    coalesce(in_own_currency.paid_worths, ['0']) as paid_worths,
    invoices.customer_id,
    invoices.invoice_date,
    invoices.plan_tier_billed,
    invoices.currency,
    invoices.to_base,
    coalesce(invoices.due_date, cast(invoices.invoice_date as date) + 30) as due_day,
    invoices.due_date is not null as has_due_date,
    in_own_currency.invoice_id is null and coalesce(several_currencies or paid_currency <> invoices.currency, false) as in_other_currency
from open_ended
join invoices on invoices.invoice_id = open_ended.invoice_id
left join in_own_currency on in_own_currency.invoice_id = open_ended.invoice_id
