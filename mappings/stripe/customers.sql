with tariff as (
    select price.id, coalesce(product.name, price.nickname, price.product_id, price.id) as tier,
        try_cast(price.unit_amount as bigint) as unit_amount
    from (
        select id, coalesce(product_id, product) as product_id, nickname, unit_amount, 1 as source from price
        union all
        select id, coalesce(product_id, product), nickname, amount, 2 from plan
    ) as price
    left join product on product.id = price.product_id
    qualify row_number() over (partition by price.id order by price.source) = 1
),
subscriptions as (
    select id, coalesce(customer_id, customer) as customer_id,
        coalesce(status, 'active') not in ('canceled', 'incomplete', 'incomplete_expired') as live
    from subscription_ref
    where coalesce(lower(is_deleted), 'false') not in ('true', 't', '1')
        and coalesce(lower(_fivetran_active), 'true') in ('true', 't', '1')
),
subscribed as (
    select subscriptions.customer_id,
        bool_or(live) as live,
        arg_max(
            coalesce(tariff.tier, item.price_id, item.plan_id),
            case when live then 1 else 0 end * 1000000000000 + coalesce(tariff.unit_amount, 0)) as tier
    from subscriptions
    left join subscription_item as item on coalesce(item.subscription_id, item.subscription) = subscriptions.id
    left join tariff on tariff.id = coalesce(item.price_id, item.plan_id)
    group by subscriptions.customer_id
),
-- The bills of a customer deleted in Stripe remain, and bills of unknown customers would be set aside.
referred_to as (
    select customer_id from subscriptions
    union
    select coalesce(customer_id, customer) from invoice_ref
    union
    select coalesce(customer_id, customer) from charge_ref
),
customers as (
    select *, coalesce(lower(is_deleted), 'false') in ('true', 't', '1') as deleted, row_number() over () as position
    from customer
)
select
    customers.id as customer_id,
    coalesce(name, description, email, id) as customer_name,
    coalesce(upper(coalesce(address_country, shipping_address_country)), 'unknown') as region,
    coalesce(subscribed.tier, 'none') as plan_tier,
    case when deleted or not coalesce(subscribed.live, true) then 'churned' else 'active' end as status,
    case
        when regexp_full_match(created, '\d{9,10}')
            then strftime(make_timestamp(cast(created as bigint) * 1000000), '%Y-%m-%dT%H:%M:%SZ')
        else created
    end as created_at
from customers
left join subscribed on subscribed.customer_id = customers.id
where not deleted or exists (from referred_to where referred_to.customer_id = customers.id)
order by position
