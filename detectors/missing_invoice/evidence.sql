-- The subscription, what its month was due, and how many invoices of its customer are dated in that month.
select
    subscription_id,
    subscription.customer_id,
    plan_tier,
    try_cast(start_date as date) as start_date,
    billing_status,
    (
        select count(*)
        from invoices
        where invoices.customer_id = subscription.customer_id
            and try_cast(invoice_date as date) between {month_from} and {month_to}
            and status not in ('void', 'voided', 'draft')
    ) as invoices_of_the_customer_in_the_month,
    {rating} as re_rated,
    cast({amount} as decimal(18, 4)) as at_stake
from (
    select subscription_id, customer_id, plan_tier, start_date, billing_status
    from subscriptions
    where subscription_id = {subscription_id}
    limit 1
) subscription
