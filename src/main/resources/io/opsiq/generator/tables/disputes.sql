select
    id('dis', dispute) as dispute_id,
    payment_id(payment) as payment_id,
    customer_id(customer) as customer_id,
    opened_at,
    amount,
    status,
    reason,
    currency
from disputes
order by mixed(dispute, 'order')
