with limits as (
    select
        to_hours(cast($window_hours as integer)) as payment_window,
        to_hours(cast($unlinked_window_hours as integer)) as unlinked_window
),

-- A refund that names no payment is held together by its customer instead.
given as (
    select
        refund_id,
        customer_id,
        nullif(trim(linked_payment_id), '') as payment_id,
        coalesce(
            'payment:' || nullif(trim(linked_payment_id), ''),
            'customer:' || nullif(trim(customer_id), '')
        ) as shared,
        refund_date,
        amount,
        currency,
        to_base,
        lower(trim(coalesce(reason, ''))) as reason,
        processor,
        issued_by
    from refunds
    where amount > 0
),

-- Most refunds are alone: only the others are worth sorting by time.
repeated as (
    select shared, amount, currency, reason
    from given
    where shared is not null
    group by shared, amount, currency, reason
    having count(*) > 1
),

spaced as (
    select
        given.*,
        case
            when refund_date <= lag(refund_date) over alike
                + case when payment_id is null then unlinked_window else payment_window end
                then 0
            else 1
        end as starts_group
    from given
    join repeated using (shared, amount, currency, reason)
    cross join limits
    window alike as (partition by shared, amount, currency, reason order by refund_date, refund_id)
),

grouped as (
    select
        *,
        sum(starts_group) over (
            partition by shared, amount, currency, reason
            order by refund_date, refund_id
            rows unbounded preceding
        ) as group_no
    from spaced
),

placed as (
    select
        *,
        count(*) over (partition by shared, amount, currency, reason, group_no) as group_size,
        row_number() over in_group as place,
        coalesce('payment:' || payment_id, 'refund:' || first_value(refund_id) over in_group) as refunded_thing
    from grouped
    window in_group as (
        partition by shared, amount, currency, reason, group_no
        order by refund_date, refund_id
    )
),

found as (
    select
        refunded_thing,
        currency,
        min(payment_id) as payment_id,
        first(customer_id order by refund_date, refund_id) as customer_id,
        list(refund_id order by refund_date, refund_id) as refund_ids,
        list(refund_id order by refund_date, refund_id) filter (where place > 1) as counted_refund_ids,
        count(*) as times,
        case when min(amount) = max(amount) then min(amount) end as each,
        sum(amount) as refunded_in_all,
        cast(sum(amount) filter (where place > 1) as decimal(18, 4)) as lost,
        sum(round(amount * to_base, 2)) filter (where place > 1) as lost_in_base,
        min(refund_date) as first_at,
        max(refund_date) as last_at,
        date_diff('second', min(refund_date), max(refund_date)) as seconds_apart,
        string_agg(distinct coalesce(nullif(reason, ''), 'no stated reason'), ' and '
            order by coalesce(nullif(reason, ''), 'no stated reason')) as reasons,
        first(reason order by refund_date, refund_id) as reason,
        lower(first(processor order by refund_date, refund_id)) as processor,
        lower(last(issued_by order by refund_date, refund_id)) as issued_by
    from placed
    where group_size > 1
    group by refunded_thing, currency
)

select
    found.refund_ids,
    found.counted_refund_ids,
    found.customer_id,
    found.payment_id,
    -- A payment refunded twice in one currency and twice in another is two facts; the first keeps the payment's name.
    found.refunded_thing || case
        when row_number() over (partition by found.refunded_thing order by found.first_at, found.currency) > 1
            then ':' || found.currency
        else ''
    end as refunded_thing,
    round(found.lost, 2) as amount,
    found.currency,
    found.last_at as fact_date,
    found.times,
    found.each,
    case when found.each is null then found.refunded_in_all end as mixed_total,
    found.reasons,
    coalesce('Payment ' || found.payment_id, 'Customer ' || coalesce(customers.customer_name, found.customer_id)) as subject,
    coalesce(customers.customer_name, found.customer_id) as customer,
    found.first_at,
    case when found.seconds_apart = 0 then found.first_at end as same_moment,
    case
        when found.seconds_apart = 0 then null
        when found.seconds_apart < 7200 then cast(ceil(found.seconds_apart / 60.0) as integer) || ' minutes'
        when found.seconds_apart < 172800 then cast(round(found.seconds_apart / 3600.0) as integer) || ' hours'
        else cast(round(found.seconds_apart / 86400.0) as integer) || ' days'
    end as apart,
    payments.amount as payment_amount,
    payments.payment_date as paid_at,
    case when payments.amount is not null then found.refunded_in_all end as refunded_in_all,
    case when found.payment_id is null then 'no payment' end as no_payment,
    customers.region,
    customers.segment,
    customers.plan_tier,
    found.reason,
    found.processor,
    found.issued_by,
    case
        when found.lost_in_base < 50 then 'under 50'
        when found.lost_in_base < 200 then '50 to 200'
        when found.lost_in_base < 1000 then '200 to 1000'
        when found.lost_in_base < 5000 then '1000 to 5000'
        else '5000 and more'
    end as amount_band,
    case
        when found.seconds_apart <= 3600 then 'within an hour'
        when found.seconds_apart <= 86400 then 'within a day'
        else 'over a day'
    end as margin
from found
left join customers on customers.customer_id = found.customer_id
left join payments on payments.payment_id = found.payment_id and payments.currency = found.currency
order by found.refunded_thing, found.currency
