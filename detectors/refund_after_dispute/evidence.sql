-- The refund and the lost disputes of its payment; what went out twice is the lesser of the two.
(
    select
        'refund' as record,
        cast(refund_id as varchar) as id,
        customer_id,
        try_cast(refund_date as timestamp) as dated,
        try_cast(amount as decimal(18, 4)) as amount,
        cast({amount} as decimal(18, 4)) as at_stake
    from refunds
    where refund_id = {refund_id}
    limit 1
)
union all
(
    select 'dispute, ' || status, cast(dispute_id as varchar), null, try_cast(opened_at as timestamp), try_cast(amount as decimal(18, 4)), 0
    from disputes
    where dispute_id in {dispute_ids}
    qualify row_number() over (partition by dispute_id) = 1
)
order by dated, record
