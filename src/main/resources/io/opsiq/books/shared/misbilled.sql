-- The invoices on which another amount was billed than was due.
select * from due where amount_due <> billed_amount
