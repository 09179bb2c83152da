-- One row is a finding.
select
    invoices.invoice_id,
    invoices.customer_id,
    -invoices.billed_amount as amount,
    invoices.currency,
    invoices.invoice_date as fact_date,
    invoices.billed_amount as billed,
    coalesce(customers.customer_name, invoices.customer_id) as customer,
    customers.region,
    customers.segment,
    lower(customers.plan_tier) as plan_tier
from invoices
left join customers on customers.customer_id = invoices.customer_id
where not counts_nowhere(invoices.status)
    and -invoices.billed_amount * invoices.to_base >= $min_amount
order by invoices.invoice_id
