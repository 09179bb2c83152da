-- The cases of a run held against the truth about its books. There are: facts (id, anomaly_type, entity, amount, currency,
-- amount_in_base, certainty, how), look_alikes (id, situation, anomaly_type, entity) and cases (id, anomaly_type, entity,
-- gross, currency, in_totals, title).

-- Types of one family are about the same money of the same record.
create table families as
select * from (values
    ('underbilling', 'billing'), ('tier_mismatch', 'billing'), ('stale_price', 'billing'), ('expired_discount', 'billing'),
    ('quantity_mismatch', 'billing'), ('missing_invoice', 'billing'), ('duplicate_invoice', 'billing'),
    ('billed_after_cancellation', 'billing'), ('invoice_line_mismatch', 'billing'), ('unbilled_usage', 'billing'),
    ('duplicate_refund', 'refunds'), ('refund_exceeds_payment', 'refunds'), ('orphan_refund', 'refunds'),
    ('refund_after_dispute', 'refunds'), ('manual_credit', 'refunds'), ('split_credit', 'refunds'), ('self_approved_credit', 'refunds'),
    ('duplicate_payment', 'payments'), ('short_payment', 'payments'), ('uncollected_invoice', 'payments'),
    ('unapplied_payment', 'payments')
) as families (anomaly_type, family);

-- One row a value that an entity names. A month is a month, however many days are written behind it.
create macro exploded(named_table) as table
with fields as (
    select id, anomaly_type, entity, unnest(json_keys(entity)) as field from query_table(named_table)
),
listed as (
    select
        id,
        anomaly_type,
        field,
        unnest(
            case json_type(entity, field)
                when 'ARRAY' then cast(json_extract(entity, field) as varchar[])
                else [json_extract_string(entity, field)]
            end
        ) as value
    from fields
)
select distinct
    id,
    anomaly_type,
    field,
    case when field = 'period' or (field = 'date' and anomaly_type = 'revenue_drop') then left(value, 7) else value end as value
from listed
where value is not null;

create table of_facts as from exploded('facts');
create table of_cases as from exploded('cases');
create table of_look_alikes as from exploded('look_alikes');

-- A case is about a fact when it is of its type and every field of the fact agrees. A list agrees when one holds all of the other.
create table pairs as
with sizes as (
    select id, field, count(*) as values_named from of_facts group by id, field
),
case_sizes as (
    select id, field, count(*) as values_named from of_cases group by id, field
),
-- Many share a month or a region; those that share an id are few.
near as (
    select distinct of_facts.id as fact, of_cases.id as case_id
    from of_facts
    join of_cases using (anomaly_type, field, value)
    where field like '%\_id' escape '\' or field like '%\_ids' escape '\'
        or anomaly_type in ('refund_spike', 'payment_failure_spike', 'revenue_drop')
),
shared as (
    select near.fact, near.case_id, of_facts.field, count(*) as values_shared
    from near
    join of_facts on of_facts.id = near.fact
    join of_cases on of_cases.id = near.case_id and of_cases.field = of_facts.field and of_cases.value = of_facts.value
    group by near.fact, near.case_id, of_facts.field
),
agreeing as (
    select shared.fact, shared.case_id, count(*) as fields
    from shared
    join sizes on sizes.id = shared.fact and sizes.field = shared.field
    join case_sizes on case_sizes.id = shared.case_id and case_sizes.field = shared.field
    where values_shared = least(sizes.values_named, case_sizes.values_named)
    group by shared.fact, shared.case_id
)
select agreeing.fact, agreeing.case_id
from agreeing
join (select id, count(*) as fields from sizes group by id) needed on needed.id = agreeing.fact
where agreeing.fields = needed.fields;

-- One case a fact, and one fact a case: the first by their ids.
create table matches as
with of_case as (
    select case_id, min(fact) as fact from pairs group by case_id
)
select fact, min(case_id) as case_id from of_case group by fact;

create table judged as
select
    cases.*,
    matches.fact,
    facts.certainty,
    case
        when facts.certainty = 'follows' then 'follows'
        when matches.fact is not null then 'found'
        when pairs.case_id is not null then 'again'
        else 'false'
    end as verdict
from cases
left join matches on matches.case_id = cases.id
left join facts on facts.id = matches.fact
left join (select distinct case_id from pairs) pairs on pairs.case_id = cases.id;

-- What a unit of a currency is worth, as the truth has it.
create table worth as
select currency, max_by(amount_in_base / amount, amount) as rate from facts where amount > 0 group by currency;

create table type_marks as
with planted as (
    select anomaly_type, count(*) as planted, sum(amount_in_base) as planted_money from facts where certainty = 'planted' group by anomaly_type
),
told as (
    select
        judged.anomaly_type,
        count(*) filter (where verdict = 'found') as found,
        count(*) filter (where verdict in ('false', 'again')) as false_alarms,
        sum(facts.amount_in_base) filter (where verdict = 'found') as found_money,
        sum(round(judged.gross * coalesce(worth.rate, 1), 2)) filter (where verdict = 'found') as told_money
    from judged
    left join facts on facts.id = judged.fact
    left join worth on worth.currency = judged.currency
    group by judged.anomaly_type
)
select
    anomaly_type,
    coalesce(planted, 0) as planted,
    coalesce(found, 0) as found,
    coalesce(false_alarms, 0) as false_alarms,
    cast(coalesce(planted_money, 0) as decimal(18, 2)) as planted_money,
    cast(coalesce(found_money, 0) as decimal(18, 2)) as found_money,
    cast(coalesce(told_money, 0) as decimal(18, 2)) as told_money
from planted
full join told using (anomaly_type)
order by anomaly_type;

-- A second case of one fact; or a false one on a record whose money is already in a found case of the family.
create table counted_twice as
with records as (
    select of_cases.id, family, value
    from of_cases
    join families using (anomaly_type)
    where field in ('invoice_id', 'invoice_ids', 'payment_id', 'payment_ids', 'refund_id', 'refund_ids')
)
select judged.id, round(judged.gross * coalesce(worth.rate, 1), 2) as money
from judged
left join worth on worth.currency = judged.currency
where judged.in_totals
    and (
        verdict = 'again'
        or verdict = 'false' and judged.id in (
            select records.id
            from records
            join records as others on others.value = records.value and others.family = records.family and others.id <> records.id
            join judged as other on other.id = others.id and other.verdict = 'found'
        )
    );

create table missed as
select facts.anomaly_type, facts.entity, facts.amount, facts.currency, facts.how, min(other.anomaly_type) as told_as
from facts
left join matches on matches.fact = facts.id
left join of_facts on of_facts.id = facts.id and of_facts.field not in ('customer_id', 'region', 'period', 'date', 'dimension', 'value', 'payment_processor')
left join of_cases on of_cases.value = of_facts.value and of_cases.anomaly_type <> facts.anomaly_type
left join judged as other on other.id = of_cases.id and other.verdict = 'false'
where matches.fact is null and facts.certainty = 'planted'
group by facts.id, facts.anomaly_type, facts.entity, facts.amount, facts.currency, facts.how
order by facts.anomaly_type, facts.entity;

-- The situation of a look-alike that a false case fell for: each field that both name agrees, and there is one.
create table false_alarms as
with near as materialized (
    select distinct mine.id, of_look_alikes.id as look_alike
    from of_cases as mine
    join of_look_alikes using (anomaly_type, field, value)
    where mine.id in (select id from judged where verdict = 'false')
),
compared as (
    select near.id, near.look_alike, of_cases.field, bool_or(of_cases.value = of_look_alikes.value) as agrees
    from near
    join of_cases on of_cases.id = near.id
    join of_look_alikes on of_look_alikes.id = near.look_alike and of_look_alikes.field = of_cases.field
    group by near.id, near.look_alike, of_cases.field
),
fallen_for as (
    select id, min(look_alike) as look_alike
    from (select id, look_alike from compared group by id, look_alike having bool_and(agrees))
    group by id
)
select judged.anomaly_type, judged.id as case_id, judged.title, judged.gross, judged.currency,
    case when verdict = 'again' then 'the same fact once more' else situation end as situation
from judged
left join fallen_for on fallen_for.id = judged.id
left join look_alikes on look_alikes.id = fallen_for.look_alike
where verdict in ('false', 'again')
order by judged.anomaly_type, judged.id;
