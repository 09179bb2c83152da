-- The invoices on which another amount was billed than was due.
select *
from invoice_periods
where invoice_id in (select invoice_id from due where amount_due <> billed_amount)
