with parts as (
    select
        bill,
        unnest([
            struct_pack(
                place := 0,
                line_type := case when days < period_days then 'proration' else 'subscription' end,
                amount := rent + lines_off,
                quantity := cast(billed_quantity as decimal(18, 2)),
                unit_price := cast(billed_price as decimal(18, 4)),
                description := plan_names.plan_tier || case when months = 12 then ', 12 months' when days < period_days then ', ' || days || ' of ' || period_days || ' days' else ', 1 month' end,
                feature_type := cast(null as varchar)
            ),
            struct_pack(place := 1, line_type := 'discount', amount := -discount_amount, quantity := null, unit_price := null,
                description := case when billed_discount > 0 then billed_discount || ' % off' else 'adjustment' end, feature_type := null),
            struct_pack(place := 2, line_type := 'usage', amount := usage_amount, quantity := cast(over_units as decimal(18, 2)), unit_price := over_price,
                description := 'units above the plan', feature_type := feature),
            struct_pack(place := 3, line_type := 'proration', amount := seats_amount, quantity := case when seats_amount > 0 then quantity - billed_quantity end,
                unit_price := billed_price, description := 'seats added inside the period', feature_type := null),
            struct_pack(place := 4, line_type := 'credit', amount := -credit_amount, quantity := null, unit_price := null, description := 'credit', feature_type := null),
            struct_pack(place := 5, line_type := 'tax', amount := asked.tax, quantity := null, unit_price := null, description := tax_percent || ' % tax', feature_type := null)
        ], recursive := true)
    from bills
    join asked using (bill)
    join plan_names on plan_names.plan = billed_plan
    where has_lines
)
select
    id('line', bill * 8 + place) as line_id,
    invoice_id(bill) as invoice_id,
    line_type,
    amount,
    quantity,
    unit_price,
    description,
    feature_type
from parts
where amount <> 0
order by mixed(bill * 8 + place, 'order')
