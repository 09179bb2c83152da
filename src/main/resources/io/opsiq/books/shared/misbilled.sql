-- The invoices on which another amount or plan was billed than was due, with the parts of what was due.
select * from due_of('misbilled_periods')
