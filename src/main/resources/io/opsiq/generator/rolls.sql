-- Nothing is random: what varies is rolled from the seed, from the row's own number and from what it is rolled for. The outer hash is
-- needed, since the inner one only mixes its arguments by xor.
create macro mixed(number, what) as hash(hash(number, what, cast(getvariable('seed') as bigint)));

create macro roll(number, what, sides) as cast(mixed(number, what) % sides as integer);

-- From 0 up to 1, in steps of a millionth.
create macro share(number, what) as cast(mixed(number, what) % 1000000 as integer) / 1000000.0;

create macro one_of(choices, number, what) as choices[1 + roll(number, what, len(choices))];

-- Ids say what kind of record it is, as real systems' do, and nothing else.
create macro id(letters, number) as letters || '_' || format('{:016x}', mixed(number, letters));

create macro customer_id(number) as id('cus', number);
create macro subscription_id(number) as id('sub', number);
create macro invoice_id(number) as id('inv', number);
create macro payment_id(number) as id('pay', number);
create macro refund_id(number) as id('ref', number);

-- The number of another record that comes of a record: farther away than the numbers of any books reach.
create macro another(number, kind) as number + cast(kind as bigint) * 10000000000000000;

create macro first_month() as cast(getvariable('first_month') as date);
create macro now() as cast(getvariable('now') as timestamp);
create macro today() as cast(getvariable('now') as date);
create macro customers_wanted() as cast(getvariable('customers') as bigint);
create macro months_wanted() as cast(getvariable('months') as integer);

create macro month_at(place) as cast(first_month() + to_months(cast(place as integer)) as date);
create macro month_begin(day) as cast(date_trunc('month', day) as date);
create macro hours_of_work(number, what) as to_seconds(25200 + roll(number, what, 43200));

-- To the smallest unit of a currency with or without cents.
create macro rounded(amount, cents) as case cents when 1 then round(amount) else round(amount, 2) end;
create macro rounded_in(amount, currency) as case currency when 'JPY' then round(amount) else round(amount, 2) end;

-- How many of the rows that could be meant are: a share of them, but some in small books too.
create macro wanted(there, per_thousand, at_least) as greatest(least(at_least, (there + 3) // 4), there * per_thousand // 1000);

-- What is known of the books that nobody who reads them is told. An entity is a JSON object with the names of the contract.
create table facts (
    anomaly_type varchar, entity json, amount decimal(18, 2), currency varchar, direction varchar, certainty varchar, how varchar
);

create table look_alikes (situation varchar, quiet_type varchar, entity json);
