-- Every value of every column is read and decoded once; the hashes only keep the engine from leaving a column out.
select bit_xor(hash(columns(*))) from '${books}/customers.${format}';

select bit_xor(hash(columns(*))) from '${books}/subscriptions.${format}';

select bit_xor(hash(columns(*))) from '${books}/invoices.${format}';

select bit_xor(hash(columns(*))) from '${books}/payments.${format}';

select bit_xor(hash(columns(*))) from '${books}/refunds.${format}';

select bit_xor(hash(columns(*))) from '${books}/usage_events.${format}';

select bit_xor(hash(columns(*))) from '${books}/signal_events.${format}';
