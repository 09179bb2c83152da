-- The invoices without period columns that are for the month before their date. Books tell by the subscriptions that began or ended in
-- them whether the house bills in arrears: first invoices come in the month after the start, for what was left of the start's
-- month, and last ones in the month after the end. Where hardly anything tells, the calendar month of the date stands; a first invoice for what
-- was left of the start's month may still come in the month after, shortly before the regular one.
with undated as (
    select
        invoices.invoice_id,
        invoices.customer_id,
        cast(invoices.invoice_date as date) as day,
        month_of(invoices.invoice_date) as month,
        invoices.billed_amount,
        coalesce(named.subscription_id, only_row.subscription_id) as row_id
    from invoices
    left join terms as named on named.subscription_id = invoices.subscription_id
    left join (
        select customer_id, any_value(subscription_id) as subscription_id from terms group by customer_id having count(*) = 1
    ) only_row on only_row.customer_id = invoices.customer_id
    where invoices.period_start is null
        and invoices.period_end is null
        and not counts_nowhere(invoices.status)
),

billed_from as (
    select *, coalesce(trial_end_date + 1, start_date) as first_day from terms where billing = 'monthly' and unclear is null
),

-- A final invoice may come beside the regular one of the same month.
told as (
    select
        any_value(row.first_day) as first_day,
        any_value(row.end_date) as end_date,
        min(undated.month) as first_month,
        max(undated.month) as last_month,
        arg_min({id: undated.invoice_id, month: undated.month, amount: undated.billed_amount}, (undated.day, undated.invoice_id), 2) as first,
        count(*) filter (where undated.month = month_of(row.end_date)) as in_month_of_end
    from undated
    join billed_from as row on row.subscription_id = undated.row_id
    group by undated.row_id
),

visible as (
    select
        told.*,
        month_of(first_day) >= opened as begins,
        month_of(end_date) < closed as ends,
        (last_day(first_day) - first_day + 1) / day(last_day(first_day)) as part_of_month,
        begins
            and first_month = month_of(first_day) + interval 1 month
            and abs(first[1].amount - first[2].amount * part_of_month) <= 0.02 * abs(first[2].amount) as is_rest_of_month
    from told
    cross join (select min(month) as opened, max(month) as closed from undated) span
),

signs as (
    select
        count(*) filter (where is_rest_of_month) + count(*) filter (where ends and last_month = month_of(end_date) + interval 1 month) as for_arrears,
        count(*) filter (where begins and first_month = month_of(first_day))
        + count(*) filter (where ends and last_month = month_of(end_date) and in_month_of_end = 1) as against
    from visible
)

select undated.invoice_id
from undated
cross join signs
join billed_from as row
    on row.customer_id = undated.customer_id and coalesce(row.subscription_id = undated.row_id, true)
where signs.for_arrears >= 5 and signs.for_arrears > 3 * signs.against
group by undated.invoice_id, undated.customer_id, undated.row_id, undated.day, undated.month
having undated.month > min(month_of(row.first_day))
-- What comes after an end and beside another invoice of its month is the final one.
qualify not coalesce(bool_or(month_of(row.end_date) = undated.month and row.end_date < undated.day), false)
    or row_number() over (partition by undated.customer_id, undated.row_id, undated.month order by undated.day, undated.invoice_id) = 1
union
select first[1].id from visible where is_rest_of_month and part_of_month < 1 and first[2].month = first_month
