with limits as (
    select
        cast($approval_limit as decimal(18, 4)) as approval_limit,
        cast($near_percent as decimal(20, 4)) as near_percent,
        to_days(cast($window_days as integer)) as time_window,
        cast($min_credits as integer) as min_credits
),

near as (
    select
        refund_id,
        customer_id,
        refund_date,
        amount,
        currency,
        to_base,
        reason,
        approved_by,
        issued_by as issuer_as_written,
        coalesce(lower(trim(issued_by)), '') as issuer
    from refunds
    cross join limits
    where (lower(trim(reason)) = 'manual_credit' or lower(trim(processor)) = 'manual')
        and customer_id is not null
        and round(amount * to_base, 4) < approval_limit
        and round(amount * to_base, 4) * 100 >= approval_limit * near_percent
),

-- A credit from which on enough others follow within the window opens a pattern; all in that window belong to it.
windows as (
    select
        near.*,
        limits.time_window,
        count(*) over ahead >= limits.min_credits
            and sum(round(amount * to_base, 4)) over ahead > limits.approval_limit as opens
    from near
    cross join limits
    window ahead as (
        partition by customer_id, issuer, currency
        order by refund_date
        range between current row and time_window following
    )
),

in_pattern as (
    select *
    from windows
    qualify max(case when opens then refund_date end) over (
        partition by customer_id, issuer, currency
        order by refund_date
        range unbounded preceding
    ) >= refund_date - time_window
),

-- Windows that overlap are one pattern.
spaced as (
    select
        in_pattern.*,
        case when refund_date <= lag(refund_date) over alike + time_window then 0 else 1 end as starts_pattern
    from in_pattern
    window alike as (partition by customer_id, issuer, currency order by refund_date, refund_id)
),

patterns as (
    select
        *,
        sum(starts_pattern) over (
            partition by customer_id, issuer, currency
            order by refund_date, refund_id
            rows unbounded preceding
        ) as pattern
    from spaced
),

found as (
    select
        customer_id,
        issuer,
        currency,
        pattern,
        list(refund_id order by refund_date, refund_id) as refund_ids,
        list(amount order by refund_date, refund_id) as amounts,
        string_agg(shown_money(amount, currency), ', ' order by refund_date, refund_id) as each_amount,
        cast(sum(amount) as decimal(18, 4)) as together,
        sum(amount * to_base) as in_base,
        count(*) as times,
        count(nullif(trim(approved_by), '')) as approved,
        min(refund_date) as first_at,
        max(refund_date) as last_at,
        min(issuer_as_written) as issuer_as_written,
        string_agg(distinct lower(trim(reason)), ', ' order by lower(trim(reason))) as reasons
    from patterns
    group by customer_id, issuer, currency, pattern
)

select
    found.refund_ids,
    found.refund_ids as counted_refund_ids,
    found.amounts as counted_amounts,
    found.refund_ids[1] as first_refund,
    found.customer_id,
    round(found.together, 2) as amount,
    found.together,
    found.currency,
    found.last_at as fact_date,
    found.first_at,
    found.times,
    found.each_amount,
    nullif(found.approved, 0) as approved,
    found.reasons,
    coalesce(customers.customer_name, found.customer_id) as customer,
    found.issuer_as_written as issuer,
    shown_number(limits.approval_limit) as approval_limit,
    shown_number(limits.near_percent) || ' %' as near,
    nullif(found.issuer, '') as issued_by,
    customers.region,
    customers.segment,
    customers.plan_tier,
    case when found.times > 4 then 'five or more' else found.times || ' credits' end as margin,
    amount_band(found.in_base) as amount_band
from found
cross join limits
left join customers on customers.customer_id = found.customer_id
order by found.customer_id, found.issuer, found.currency, found.first_at
