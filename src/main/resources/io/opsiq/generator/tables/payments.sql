select
    payment_id(payment) as payment_id,
    invoice_id(bill) as invoice_id,
    customer_id(customer) as customer_id,
    paid_at as payment_date,
    amount,
    processor as payment_processor,
    status,
    currency
from payments
order by mixed(payment, 'order')
