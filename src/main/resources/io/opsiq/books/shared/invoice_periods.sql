-- Every invoice that counts, the period that it covers and the subscription that it is judged by: the one it names, else the only
-- one of its customer that was in force, or the only one on its plan. Without period columns the period is the calendar month, or the one
-- before it of what is billed in arrears.
with counting as (
    select
        invoices.invoice_id,
        customer_id,
        invoice_date,
        billed_amount,
        expected_amount,
        plan_tier_billed,
        status,
        currency,
        to_base,
        subscription_id,
        period_start is not null as has_period,
        coalesce(
            period_start,
            month_of(coalesce(period_end, case when in_arrears.invoice_id is null then invoice_date else invoice_date - interval 1 month end))
        ) as period_from,
        greatest(period_from, coalesce(period_end, last_day(period_from))) as period_to
    from invoices
    left join in_arrears on in_arrears.invoice_id = invoices.invoice_id
    where not counts_nowhere(status)
),

named as (
    select
        counting.*,
        terms.subscription_id as named_id,
        terms.customer_id as named_customer,
        terms.until as named_until
    from counting
    left join terms on terms.subscription_id = counting.subscription_id
),

-- An invoice that still names the row before a plan change belongs to the row after it, when that is billed and has no invoice of its own.
carried_over as (
    select old.invoice_id, min(row.subscription_id) as subscription_id, min(row.until) as until
    from named as old
    join terms as row
        on row.customer_id = old.named_customer
        and row.start_date = old.named_until + 1
        and row.until >= old.period_from
        and coalesce(row.billing_status, '') not in ('paused', 'trial')
    where old.period_from > old.named_until
        and not exists (
            from named as other
            where other.named_id = row.subscription_id and month_of(other.period_from) = month_of(old.period_from)
        )
    group by old.invoice_id
),

of_customer as (
    select
        named.invoice_id,
        count(*) filter (where row.start_date <= named.period_to and row.until >= named.period_from) as in_force,
        min(row.subscription_id) filter (where row.start_date <= named.period_to and row.until >= named.period_from)
            as subscription_id,
        count(*) as subscriptions,
        count(row.end_date) as ended,
        max_by(row.subscription_id, (row.until, row.subscription_id)) as last_id,
        max(row.until) as last_until
    from (
        select invoice_id, customer_id, period_from, period_to from named where named_id is null
    ) named
    join terms as row on row.customer_id = named.customer_id
    group by named.invoice_id
),

-- Of several rows in force nothing is judged by those that were cancelled nobody knows when. The only other one takes the invoice if
-- it has another plan than they, or if it is the only invoice of a month in which they are followed by a row of the same plan.
blurred as (
    select
        of_customer.invoice_id,
        named.customer_id,
        month_of(named.period_from) as month,
        count(*) filter (where not is_blurred) as clear_rows,
        count(*) as in_force,
        min(row.subscription_id) filter (where not is_blurred) as subscription_id,
        coalesce(bool_or(is_blurred and coalesce(lower(trim(named.plan_tier_billed)) = row.plan_key, true)), false) as may_be_theirs,
        coalesce(
            bool_or(
                not is_blurred
                and row.start_date <= named.period_from
                and coalesce(lower(trim(named.plan_tier_billed)) = row.plan_key, true)
            ),
            false
        ) as may_be_its_own
    from of_customer
    join named on named.invoice_id = of_customer.invoice_id
    join (
        select *, end_date is null and coalesce(billing_status, '') in ('cancelled', 'canceled') as is_blurred
        from terms
    ) row
        on row.customer_id = named.customer_id
        and row.start_date <= named.period_to
        and row.until >= named.period_from
    where of_customer.in_force > 1
    group by of_customer.invoice_id, named.customer_id, named.period_from
),

clear_row as (
    select invoice_id, subscription_id
    from blurred
    where clear_rows = 1
    qualify not may_be_theirs or may_be_its_own and count(*) over (partition by customer_id, month) = 1
),

-- Customers who are mostly invoiced once for each of several rows, every one on another plan: the plan tells which row an invoice is for.
by_plan as (
    select
        of_customer.invoice_id,
        named.customer_id,
        month_of(named.period_from) as month,
        of_customer.in_force,
        list(row.subscription_id) as in_force_ids,
        list(row.subscription_id) filter (where row.plan_key = lower(trim(named.plan_tier_billed))) as alike_ids
    from of_customer
    join named on named.invoice_id = of_customer.invoice_id
    join terms as row
        on row.customer_id = named.customer_id
        and row.start_date <= named.period_to
        and row.until >= named.period_from
    where of_customer.in_force > 1 and of_customer.invoice_id not in (select invoice_id from blurred where clear_rows < in_force)
    group by of_customer.invoice_id, named.customer_id, month_of(named.period_from), of_customer.in_force
),

months_by_plan as (
    select
        customer_id,
        month,
        max(in_force) as rows_in_force,
        count(*) as invoices,
        count(*) filter (where alike_ids is null) as of_no_row,
        flatten(list(alike_ids)) as alike_ids,
        len(list_distinct(flatten(list(alike_ids)))) as invoiced_rows,
        coalesce(bool_and(len(alike_ids) = 1), false) as told_apart
    from by_plan
    group by customer_id, month
),

-- Not where one row has two invoices and another none, which may be one on the wrong plan. The only invoice on the plan of no row
-- is for the only row that has none.
side_by_side as (
    select
        by_plan.invoice_id,
        case
            when by_plan.alike_ids is not null then by_plan.alike_ids[1]
            else list_filter(by_plan.in_force_ids, lambda id: not list_contains(months_by_plan.alike_ids, id))[1]
        end as subscription_id
    from by_plan
    join months_by_plan on months_by_plan.customer_id = by_plan.customer_id and months_by_plan.month = by_plan.month
    where told_apart
        and (
            invoiced_rows = rows_in_force
            or invoices = invoiced_rows
            or of_no_row = 1 and invoices = rows_in_force and invoiced_rows = rows_in_force - 1
        )
        and by_plan.customer_id in (
            select customer_id
            from months_by_plan
            group by customer_id
            having count(*) filter (where told_apart and of_no_row = 0 and invoiced_rows = rows_in_force) * 2 > count(*)
        )
)

select
    named.* exclude (named_id, named_customer, named_until),
    case
        when named.named_id is not null then coalesce(carried_over.subscription_id, named.named_id)
        when of_customer.in_force = 1 then of_customer.subscription_id
        when of_customer.in_force > 1 then coalesce(clear_row.subscription_id, side_by_side.subscription_id)
        when of_customer.in_force = 0 and of_customer.ended = of_customer.subscriptions then of_customer.last_id
    end as judged_by,
    coalesce(
        named.period_from > case
            when named.named_id is not null then coalesce(carried_over.until, named.named_until)
            when of_customer.in_force = 0 and of_customer.ended = of_customer.subscriptions then of_customer.last_until
        end,
        false
    ) as after_end,
    case
        when named.named_id is not null then null
        when of_customer.invoice_id is null then 'its customer has no subscription'
        when of_customer.in_force > 1 and clear_row.invoice_id is null and side_by_side.subscription_id is null then 'several subscriptions of its customer were in force'
        when of_customer.in_force = 0 then 'no subscription of its customer was in force'
    end as unresolved
from named
left join carried_over on carried_over.invoice_id = named.invoice_id
left join of_customer on of_customer.invoice_id = named.invoice_id
left join clear_row on clear_row.invoice_id = named.invoice_id
left join side_by_side on side_by_side.invoice_id = named.invoice_id
