-- The refund, and the payment that it names, if there is one.
select
    refund.*,
    payment.customer_id as paid_by,
    payment.status as payment_status,
    payment.payment_date as paid_at,
    round(refund.refunded, 2) as at_stake
from (
    select refund_id, customer_id, linked_payment_id, try_cast(refund_date as timestamp) as refunded_at, try_cast(amount as decimal(18, 4)) as refunded, reason
    from refunds
    where refund_id = {refund_id}
    limit 1
) refund
left join (
    select payment_id, customer_id, status, payment_date
    from payments
    where payment_id = {payment_id}
    limit 1
) payment on true
