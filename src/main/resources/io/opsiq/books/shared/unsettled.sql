-- Invoices that count and that one completed payment did not settle: what each asks for, tax included, and what was collected on it.
-- A credit line that the invoice's total does not know of yet lowers what it asks for; a total that has the tax in it is not taxed
-- again. Payments in another currency are converted at the rates of their own days; where one has no rate they are not set against
-- the invoice. Of the invoice's day and the payments' the two rates tell the least and the most that was collected.
with asked as (
    select
        invoices.invoice_id,
        invoices.status,
        invoices.billed_amount,
        invoices.currency,
        cast(invoices.invoice_date as date) as invoice_day,
        coalesce(line_sums.tax, 0) as tax,
        cast(
            case when line_sums.credits < 0 and line_sums.net < invoices.billed_amount then line_sums.net else invoices.billed_amount end
                + case
                    when line_sums.tax <> 0 and abs(line_sums.net + line_sums.tax - invoices.billed_amount) > 0.05 then line_sums.tax
                    else 0
                end
            as decimal(18, 4)
        ) as owed
    from invoices
    left join line_sums on line_sums.invoice_id = invoices.invoice_id
    where not counts_nowhere(invoices.status)
),

open_ended as (
    select
        asked.*,
        coalesce(collected.completed, 0) as completed,
        coalesce(collected.completed_payments, 0) as completed_payments,
        coalesce(collected.undecided_payments, 0) as undecided_payments,
        coalesce(collected.attempts, 0) as attempts,
        collected.last_attempt,
        collected.currency as paid_currency,
        collected.several_currencies
    from asked
    left join collected on collected.invoice_id = asked.invoice_id
    where asked.status is distinct from 'paid'
        or collected.invoice_id is null
        or collected.completed <> asked.owed
        or collected.several_currencies
        or collected.currency <> asked.currency
),

in_other_currency as (
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
