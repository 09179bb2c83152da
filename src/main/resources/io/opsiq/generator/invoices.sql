-- The invoices as a billing system without a fault would write them, in parts: what plants a leak changes the parts.
create table bills as
with dated as (
    select
        periods.*,
        case
            when arrears then last_day + 1 + roll(bill, 'arrears', 5)
            else first_day + one_of([0, 0, 0, 0, 0, 0, 1, 1, 2, 3], bill, 'invoiced')
        end + hours_of_work(bill, 'invoiced at') as invoiced_at,
        due_amount(quantity, unit_price, months, discount, days, period_days, overage, cents) as due,
        due_amount(quantity, unit_price, months, 0, days, period_days, 0, cents) as rent,
        due_amount(quantity, unit_price, months, discount, days, period_days, 0, cents) as discounted_rent
    from periods
)
select
    bill,
    row_number,
    contract,
    customer,
    dated.currency,
    cents,
    month,
    first_day,
    last_day,
    months,
    days,
    period_days,
    plan,
    plan as billed_plan,
    quantity,
    quantity as billed_quantity,
    unit_price,
    unit_price as billed_price,
    catalogue_price,
    former_price,
    price_since,
    locked,
    discount,
    discount as billed_discount,
    case when discount = 0 then discount_pct else 0 end as ended_discount,
    overage,
    over_units,
    over_price,
    due,
    rent,
    rent - discounted_rent as discount_amount,
    due - discounted_rent as usage_amount,
    cast(0 as decimal(18, 2)) as seats_amount,
    cast(0 as decimal(18, 2)) as credit_amount,
    cast(0 as decimal(18, 2)) as lines_off,
    cast(invoiced_at as timestamp) as invoiced_at,
    one_of([14, 14, 30, 30, 30, null], contract, 'terms') as terms_days,
    roll(contract, 'lines', 100) < 90 as has_lines,
    case
        when roll(contract, 'expected', 100) < 8 or roll(bill, 'expected', 100) < 6 then null
        else due
    end as expected,
    roll(contract, 'named', 100) >= 3 or contract in (select contract from changes) or customer in (select customer from contracts where place = 1)
        as names_subscription,
    customers.tax_percent,
    customers.processor,
    customers.region,
    cast(rates.rate as double) as rate,
    billing_status,
    cast(case when stops_from is not null and billing_status = 'cancelled' then 'its end is unknown' end as varchar) as fate,
    'paid' as status
from dated
join customers using (customer)
join rates on rates.currency = dated.currency and rates.day = cast(invoiced_at as date)
where invoiced_at between cast(first_month() as timestamp) and now();

-- Of a row of bills: what the invoice asks for, without tax.
create macro billed(a_bill) as
    a_bill['rent'] - a_bill['discount_amount'] + a_bill['usage_amount'] + a_bill['seats_amount'] - a_bill['credit_amount'];
