-- The month's monthly invoices of the group by plan or region and currency, taken off the forecast. Amounts in another currency than the case's
-- come converted at the rates of the month.
select
    'invoices in ' || converted.currency as record,
    count(*) as invoices,
    sum(billed) as billed,
    -case
        when converted.currency = {currency} then sum(billed) else cast(any_value(converted.worth) as decimal(18, 4))
    end as at_stake
from (
    select
        try_cast(of_month.billed_amount as decimal(18, 4)) as billed,
        coalesce(nullif(upper(trim(cast(of_month.currency as varchar))), ''), 'USD') as currency
    from (select null as currency) absent,
    lateral (
        select invoice_id, billed_amount, currency
        from invoices
        join (select cast(customer_id as varchar) as known_id, any_value(region) as region from customers group by 1) known
            on known.known_id = cast(invoices.customer_id as varchar)
        where case when {dimension} = 'region' then trim(region) else trim(plan_tier_billed) end = {value}
            and strftime(try_cast(invoice_date as timestamp), '%Y-%m') = {date}
            and lower(trim(status)) not in ('void', 'voided', 'draft')
            and cast(invoice_id as varchar) not in {annual_ids}
            and known.known_id not in {left_out_ids}
        qualify row_number() over (partition by invoice_id) = 1
    ) of_month
) month_invoices
join (
    select unnest(list_value{currencies}) as currency, unnest(list_value{converted_amounts}) as worth
) converted on converted.currency = month_invoices.currency
group by converted.currency

union all

select 'forecast of the month', null, null, cast({forecast} as decimal(18, 4))
