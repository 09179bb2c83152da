-- Every invoice that counts, the period that it covers and the subscription that it is judged by: the one it names, else the only
-- one of its customer that was in force. Without period columns the period is the calendar month, or the one before it of what is billed in arrears.
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
)

select
    named.* exclude (named_id, named_customer, named_until),
    case
        when named.named_id is not null then coalesce(carried_over.subscription_id, named.named_id)
        when of_customer.in_force = 1 then of_customer.subscription_id
        when of_customer.in_force > 1 then clear_row.subscription_id
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
        when of_customer.in_force > 1 and clear_row.invoice_id is null then 'several subscriptions of its customer were in force'
        when of_customer.in_force = 0 then 'no subscription of its customer was in force'
    end as unresolved
from named
left join carried_over on carried_over.invoice_id = named.invoice_id
left join of_customer on of_customer.invoice_id = named.invoice_id
left join clear_row on clear_row.invoice_id = named.invoice_id
