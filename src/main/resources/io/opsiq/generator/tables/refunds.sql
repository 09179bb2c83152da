select
    refund_id(refund) as refund_id,
    customer_id(customer) as customer_id,
    refunded_at as refund_date,
    amount,
    reason,
    processor,
    case when payment is not null then payment_id(payment) end as linked_payment_id,
    currency,
    issued_by,
    approved_by,
    note
from refunds
order by mixed(refund, 'order')
