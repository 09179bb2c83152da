-- Of a payment that is missing, of one that failed, of another customer's, or of one that is pending for more than seven days.
create table picked as
select
    payments.payment, payments.customer, payments.amount, payments.currency, payments.rate, payments.region, payments.processor,
    payments.paid_at, payments.status, 'it failed' as how
from payments
join asked using (bill)
where payments.status = 'failed' and payments.fate is null and asked.fate is null and paid_at < now() - interval 20 day
qualify row_number() over (order by mixed(payment, 'orphan failed')) <= wanted(count(*) over (), 8, 2);

insert into picked
select payment, customer, amount, currency, rate, region, processor, paid_at, status, one_of(['it is missing', 'it is another customer''s'], payment, 'orphan')
from refundable
where lot between 4200 and 4599 and paid_at < now() - interval 20 day
qualify row_number() over (order by mixed(payment, 'orphan refund')) <= wanted(count(*) over (), 15, 4);

-- Payments that hang for long, and those that hang since less than a week.
create table hanging as
select *, paid_at < now() - interval 8 day as for_long
from refundable
where lot between 4600 and 4999
    and (paid_at between now() - interval 38 day and now() - interval 8 day or paid_at > now() - interval 6 day)
qualify row_number() over (partition by paid_at < now() - interval 8 day order by mixed(payment, 'hanging')) <= wanted(count(*) over (), 60, 4);

insert into picked
select payment, customer, amount, currency, rate, region, processor, paid_at, status, 'it is pending for long'
from hanging where for_long;

update payments set status = 'pending', fate = 'hanging' where payment in (select payment from hanging);
update asked set status = 'open', fate = 'hanging' where bill in (select bill from hanging);

insert into refunds
select
    another(payment, 20), case when how like '%another%' then (picked.customer + 1) % customers_wanted() else customer end,
    least(paid_at + to_days(1 + roll(payment, 'orphaned', 10)), now() - interval 30 minute),
    case when roll(payment, 'whole', 2) = 0 then amount else rounded_in(amount * 0.6, currency) end,
    one_of(['service_issue', 'billing_error', 'cancelled'], payment, 'reason'), processor,
    case how when 'it is missing' then another(payment, 70) else payment end, currency, rate, region, null, null, null, 'orphan'
from picked;

insert into facts
select
    'orphan_refund', json_object('refund_id', refund_id(another(payment, 20))),
    case when roll(payment, 'whole', 2) = 0 then amount else rounded_in(amount * 0.6, currency) end,
    currency, 'lost', 'planted', how
from picked;

insert into refunds
select
    another(payment, 14), customer, paid_at + interval 4 hour, amount, 'cancelled', processor, payment, currency, rate, region, null, null, null, 'alike'
from hanging
where not for_long;

insert into look_alikes
select 'its payment is pending since some days', unnest(['orphan_refund', 'unapplied_payment']),
    json_object('refund_id', refund_id(another(payment, 14)), 'payment_id', payment_id(payment))
from hanging where not for_long;

drop table picked;
drop table hanging;
