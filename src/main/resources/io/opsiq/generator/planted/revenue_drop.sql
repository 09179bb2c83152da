-- The drops were made with the subscriptions; here it is seen what they did to whom.
create table billings as
select region, plan_names.plan_tier, cast(date_trunc('month', invoiced_at) as date) as month, sum(cast(billed(bills) * rate as decimal(18, 2))) as amount
from bills join plan_names on plan_names.plan = billed_plan
where status <> 'void' and months = 1 and fate is distinct from 'duplicate_invoice'
group by all;

create table seen as
with each_way as (
    select 'region' as dimension, region as value, month, sum(amount) as amount from billings group by all
    union all
    select 'plan_tier', plan_tier, month, sum(amount) from billings group by all
)
select *, (lag(amount) over m + lead(amount) over m) / 2 as usual
from each_way
window m as (partition by dimension, value order by month);

insert into facts
select
    'revenue_drop', json_object('dimension', dimension, 'value', value, 'date', strftime(seen.month, '%Y-%m')), usual - amount, 'USD', 'risk',
    case
        when (dimension = 'region' and value = drops.region or dimension = 'plan_tier' and value = plan_names.plan_tier) and amount < usual * 0.8 then 'planted'
        else 'follows'
    end,
    round(100 * (1 - amount / usual)) || ' % below the months beside it'
from seen
join drops using (month)
left join plan_names using (plan)
where amount < usual * 0.97 and usual > amount;

-- A price that was cut lowers what its plan brings in, until the lower level is the usual one.
insert into facts
select
    'revenue_drop', json_object('dimension', 'plan_tier', 'value', plan_tier, 'date', strftime(month_at(in_month + later), '%Y-%m')),
    seen.amount * (former - percent) / former, 'USD', 'risk', 'follows', 'its price was cut'
from (select *, lag(percent) over (partition by plan order by change) as former from price_changes) as changes
join plan_names using (plan)
cross join range(2) as months (later)
join seen on dimension = 'plan_tier' and value = plan_tier and month = month_at(in_month + later)
where percent < former
    and json_object('dimension', 'plan_tier', 'value', plan_tier, 'date', strftime(month_at(in_month + later), '%Y-%m'))
        not in (select entity from facts where anomaly_type = 'revenue_drop');

insert into look_alikes
select 'the month is not complete', 'revenue_drop', json_object('dimension', dimension, 'value', value, 'date', strftime(today(), '%Y-%m'))
from (select distinct dimension, value from seen);

insert into look_alikes
select 'some pause every summer', 'revenue_drop', json_object('dimension', dimension, 'value', value, 'date', strftime(month, '%Y-%m'))
from seen
where month(month) = 8 and dimension = 'region' and value = 'EMEA';

drop table seen;
drop table billings;
