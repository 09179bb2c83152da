with limits as (
    select cast($min_gap as decimal(18, 4)) as min_gap
),

-- Seats that were added inside the period stand on proration lines and are billed too. A row that is in force for a part of the period
-- may have nothing but a proration line.
found as (
    select
        due.*,
        missing_seats.billed_quantity,
        missing_seats.seats,
        missing_seats.worth,
        missing_seats.more_is_missing,
        amount_due - billed_amount as gap
    from misbilled as due
    cross join limits
    join missing_seats on missing_seats.invoice_id = due.invoice_id
    where round((amount_due - billed_amount) * to_base, 4) > min_gap
)

select
    found.invoice_id,
    found.customer_id,
    round(cast(found.gap as decimal(18, 4)), 2) as amount,
    found.currency,
    found.invoice_date as fact_date,
    coalesce(customers.customer_name, found.customer_id) as customer,
    found.judged_by as subscription_id,
    shown_number(found.billed_quantity) as billed_quantity,
    shown_number(found.quantity) as quantity,
    shown_number(found.seats) as seats_missing,
    case when not found.more_is_missing then round(cast(found.gap as decimal(18, 4)), 2) end as seats_alone,
    case when found.more_is_missing then found.worth end as seats_in_part,
    found.billed_amount as billed,
    found.amount_due as due,
    found.expected_amount,
    found.rated,
    found.credits,
    case when found.credits < 0 then -found.credits end as credited,
    case when found.rated is not null then rating_of(found) end as rating,
    customers.region,
    customers.segment,
    lower(found.plan_tier) as plan_tier,
    amount_band(found.gap * found.to_base) as amount_band,
    case
        when found.billed_quantity * 2 < found.quantity then 'more than half of the seats'
        when found.billed_quantity * 10 < found.quantity * 9 then 'more than a tenth'
        else 'up to a tenth'
    end as margin
from found
left join customers on customers.customer_id = found.customer_id
order by found.invoice_id
