with limits as (
    select cast($days_apart as integer) as days_apart
),

repeated as (
    select judged_by, month_of(period_from) as month
    from due
    where judged_by is not null and billed_amount > 0
    group by judged_by, month_of(period_from)
    having count(*) > 1
),

given as (
    select due.*, repeated.month
    from due
    join repeated on repeated.judged_by = due.judged_by and repeated.month = month_of(due.period_from)
    left join line_sums on line_sums.invoice_id = due.invoice_id
    where due.billed_amount > 0
        and not (coalesce(line_sums.lines, 0) > 0 and line_sums.subscription_lines = 0 and line_sums.prorations = 0 and line_sums.usage > 0)
),

-- Without period columns two invoices of a month are for the same where they ask for the same or the same was due on them.
-- Two that together ask for no more than was due are a correction, or two halves. Where it is not known what was due, equal ones are one.
pairs as (
    select
        later.invoice_id as later_id,
        earlier.invoice_id as first_id
    from given as later
    cross join limits
    join given as earlier
        on earlier.judged_by = later.judged_by
        and earlier.month = later.month
        and earlier.currency = later.currency
        and (earlier.invoice_date, earlier.invoice_id) < (later.invoice_date, later.invoice_id)
        and earlier.period_from <= later.period_to
        and later.period_from <= earlier.period_to
    where coalesce(
            earlier.billed_amount + later.billed_amount > greatest(earlier.amount_due, later.amount_due) + 0.05,
            later.billed_amount = earlier.billed_amount
        )
        and (
            later.has_period and earlier.has_period
            or (later.billed_amount = earlier.billed_amount or later.amount_due = earlier.amount_due)
                and cast(later.invoice_date as date) - cast(earlier.invoice_date as date) <= days_apart
        )
    qualify row_number() over (partition by later.invoice_id order by earlier.invoice_date, earlier.invoice_id) = 1
),

found as (
    select
        first.invoice_id as first_id,
        list(later.invoice_id order by later.invoice_date, later.invoice_id) as later_ids,
        cast(sum(later.billed_amount) as decimal(18, 4)) as again,
        max(later.invoice_date) as last_date,
        string_agg(distinct later.status, ', ' order by later.status) as later_statuses,
        bool_or(later.status = 'paid') as later_was_paid,
        count(*) + 1 as times
    from pairs
    join given as later on later.invoice_id = pairs.later_id
    join given as first on first.invoice_id = pairs.first_id
    where pairs.first_id not in (select later_id from pairs)
    group by first.invoice_id
)

select
    list_prepend(found.first_id, found.later_ids) as invoice_ids,
    found.first_id,
    found.later_ids,
    -- Where a later one was paid, nothing is left to collect of the first.
    case when found.later_was_paid and first.status <> 'paid' then list_prepend(found.first_id, found.later_ids) else found.later_ids end
        as not_to_collect,
    first.customer_id,
    first.judged_by as subscription_id,
    first.period_from,
    first.period_to,
    round(found.again, 2) as amount,
    first.currency,
    found.last_date as fact_date,
    found.times,
    coalesce(customers.customer_name, first.customer_id) as customer,
    first.invoice_date as first_date,
    first.billed_amount as first_billed,
    first.amount_due as due,
    cast(cast(found.last_date as date) - cast(first.invoice_date as date) as integer) as days_between,
    first.status || ', ' || found.later_statuses as statuses,
    customers.region,
    customers.segment,
    lower(first.plan_tier) as plan_tier,
    found.later_statuses as status,
    amount_band(found.again * first.to_base) as amount_band
from found
join given as first on first.invoice_id = found.first_id
left join customers on customers.customer_id = first.customer_id
order by first.judged_by, first.period_from
