-- What a snapshot holds beside the tables: for whoever looks for words in the books, and for how far they reach.
create schema snapshot.about;

-- The values that the books use for things people ask about, and the words that they are made of.
create table snapshot.about.terms as
with found as (
    select 'customers' as table_name, 'region' as column_name, region as value from main.customers
    union
    select 'customers', 'plan_tier', plan_tier from main.customers
    union
    select 'customers', 'segment', segment from main.customers
    union
    select 'customers', 'status', status from main.customers
    union
    select 'customers', 'customer_id', customer_id from main.customers
    union
    select 'customers', 'customer_name', customer_name from main.customers
    union
    select 'subscriptions', 'plan_tier', plan_tier from main.subscriptions
    union
    select 'subscriptions', 'status', billing_status from main.subscriptions
    union
    select 'invoices', 'plan_tier', plan_tier_billed from main.invoices
    union
    select 'invoices', 'status', status from main.invoices
    union
    select 'payments', 'processor', payment_processor from main.payments
    union
    select 'payments', 'status', status from main.payments
    union
    select 'refunds', 'reason', reason from main.refunds
    union
    select 'refunds', 'processor', processor from main.refunds
    union
    select 'usage_events', 'feature', feature_type from main.usage_events
)
select
    table_name,
    column_name,
    value,
    trim(regexp_replace(lower(strip_accents(value)), '[^\p{L}\p{N}]+', ' ', 'g')) as words
from found
where value is not null
order by words, table_name, column_name, value;

-- From when on each currency has facts in a table. Subscriptions stand as of the clock.
create table snapshot.about.currencies as
select 'invoices' as table_name, currency, cast(min(invoice_date) as date) as first_day from main.invoices group by currency
union all
select 'payments', currency, cast(min(payment_date) as date) from main.payments group by currency
union all
select 'refunds', currency, cast(min(refund_date) as date) from main.refunds group by currency
union all
select 'subscriptions', currency, (select cast(now as date) from main.clock) from main.subscriptions group by currency
union all
select 'fx_rates', currency, min(rate_date) from main.fx_rates group by currency;

create table snapshot.about.spans as
select 'invoices' as table_name, cast(min(invoice_date) as date) as first_day, cast(max(invoice_date) as date) as last_day
from main.invoices
union all
select 'payments', cast(min(payment_date) as date), cast(max(payment_date) as date) from main.payments
union all
select 'refunds', cast(min(refund_date) as date), cast(max(refund_date) as date) from main.refunds
union all
select 'usage_events', cast(min(event_time) as date), cast(max(event_time) as date) from main.usage_events;
