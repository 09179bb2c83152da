-- The invoice with the plan it was billed on, and the subscriptions in force in its period.
-- What was due is the expected amount, else the re-rated one, and the invoice's credit lines, which are agreed reductions (zero or
-- below). Books without a column expected_amount take it from "absent".
(
    select
        'invoice' as record,
        cast({invoice_id} as varchar) as id,
        customer_id,
        dated,
        plan,
        billed,
        coalesce(expected, cast({rated} as decimal(18, 4))) + cast({credits} as decimal(18, 4)) as due,
        round(
            abs(coalesce(expected, cast({rated} as decimal(18, 4))) + cast({credits} as decimal(18, 4)) - billed),
            2
        ) as at_stake
    from (select null as expected_amount) absent,
    lateral (
        select
            customer_id,
            try_cast(invoice_date as date) as dated,
            plan_tier_billed as plan,
            try_cast(billed_amount as decimal(18, 4)) as billed,
            try_cast(expected_amount as decimal(18, 4)) as expected
        from invoices
        where invoice_id = {invoice_id}
        limit 1
    ) invoice
)
union all
(
    select
        'subscription in force',
        cast(subscription_id as varchar),
        customer_id,
        try_cast(start_date as date),
        plan_tier,
        null,
        null,
        0
    from subscriptions
    where subscription_id in {subscription_ids}
    qualify row_number() over (partition by subscription_id) = 1
)
order by record, dated, id
