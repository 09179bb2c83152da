-- The tables that the detectors' queries see, filled without any check of the rows.
create table customers as from '${books}/customers.${format}';

create table subscriptions as from '${books}/subscriptions.${format}';

create table invoices as
select * replace (billed_amount::decimal(18, 4) as billed_amount, expected_amount::decimal(18, 4) as expected_amount),
    1::decimal(18, 8) as to_base
from '${books}/invoices.${format}';

create table payments as
select * replace (amount::decimal(18, 4) as amount), 1::decimal(18, 8) as to_base
from '${books}/payments.${format}';

create table refunds as
select * replace (amount::decimal(18, 4) as amount), 1::decimal(18, 8) as to_base,
    null::varchar as issued_by, null::varchar as approved_by, null::varchar as note
from '${books}/refunds.${format}';

create table usage_events as from '${books}/usage_events.${format}';

create table signal_events as from '${books}/signal_events.${format}';

create table invoice_lines (invoice_id varchar, line_type varchar, amount decimal(18, 4));

create table fx_rates (currency varchar, rate_date date, rate_to_base decimal(18, 8));

create table counted (kind varchar, id varchar);

create table clock as
with moments as (
    select min(invoice_date) as first, max(invoice_date) as last from invoices
    union all select min(payment_date), max(payment_date) from payments
    union all select min(refund_date), max(refund_date) from refunds
    union all select min(event_time), max(event_time) from usage_events
    union all select min("timestamp"), max("timestamp") from signal_events
)
select max(last) as now, min(first)::date as first_day, max(last)::date as last_day from moments;
