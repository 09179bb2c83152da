-- How the amount of one invoice comes about, in steps that add up to it. What is rounded on the way comes back in the last step.
with invoice as (
    select * from due_of('invoice_periods') where invoice_id = ?
),

priced as (
    select
        *,
        cast(unit_price * quantity as decimal(38, 8)) * months as whole,
        cast(cast(unit_price as double) * cast(quantity as double) * months * days / period_days as decimal(18, 4)) as for_days
    from invoice
    where rated is not null and not after_end
),

steps as (
    select
        1 as place,
        'price' as step,
        shown_number(quantity) || ' × ' || shown_money(unit_price, currency)
            || case when months > 1 then ' × ' || months || ' months' else '' end
            || case price_from
                when 'catalogue' then ', the catalogue price of plan ' || plan_tier || ' since ' || price_since
                when 'locked' then ', the subscription''s own price, which is locked'
                else ', the subscription''s own price, as the catalogue has none'
            end as what,
        cast(whole as decimal(18, 4)) as amount
    from priced

    union all

    select
        2,
        'days',
        days || ' of ' || period_days || ' days in force and past a trial',
        for_days - cast(whole as decimal(18, 4))
    from priced
    where days <> period_days

    union all

    select
        3,
        'discount',
        shown_number(discount_pct) || ' %'
            || case when discount_end_date is null then ' without an end' else ' until ' || discount_end_date end,
        -cast(cast(for_days as double) * discount_pct / 100 as decimal(18, 4))
    from priced
    where discount_pct > 0

    union all

    select
        3,
        'discount',
        shown_number(agreed_discount_pct) || ' % ended on ' || discount_end_date || ', before the period',
        0
    from priced
    where discount_pct = 0 and agreed_discount_pct > 0

    union all

    select
        4,
        'usage',
        shown_number(overage.units) || ' units of ' || overage.metered_feature || ' in ' || strftime(overage.month, '%Y-%m')
            || ', ' || shown_number(overage.included_units) || ' included, ' || shown_number(overage.over_units) || ' × '
            || shown_number(overage.unit_price) || ' ' || overage.currency,
        cast(cast(overage.overage as double) / 100000000 as decimal(18, 4))
    from priced
    join overage
        on overage.billed_by = priced.judged_by
        and overage.billing_month = month_of(priced.period_from)
        and overage.currency = priced.currency
    where priced.overage is not null
),

rounded as (
    select * from steps
    union all
    select 5, 'rounding', 'half up, to the smallest unit of ' || priced.currency, priced.rated - (select sum(amount) from steps)
    from priced
    where priced.rated <> (select sum(amount) from steps)
    union all
    select 1, 'end', 'the period begins after the subscription ended, so nothing is due', 0
    from invoice
    where after_end
    union all
    select 6, 'credit', 'credit lines of the invoice', credits
    from invoice
    where credits < 0 and rated is not null
)

select step, what, amount from rounded order by place, what
