-- Two refunds that together are more than the payment: by little more than half a unit, or by a part.
create table picked as
select
    *,
    paid_at + to_days(2 + roll(payment, 'refunded', 15)) as first_at,
    rounded(amount * (35 + roll(payment, 'first part', 20)) / 100, cents) as first_part,
    case cents
        when 1 then ceil(case roll(payment, 'excess', 3) when 0 then 0.55 / rate else 1 / rate + amount * share(payment, 'much') / 4 end)
        else round(case roll(payment, 'excess', 3) when 0 then 0.52 / rate + 0.01 else 1 / rate + amount * share(payment, 'much') / 4 end, 2)
    end as excess
from refundable
where lot between 3200 and 3899 and paid_at < now() - interval 40 day and amount * rate > 12
qualify row_number() over (order by mixed(payment, 'refund_exceeds_payment')) <= wanted(count(*) over (), 15, 5);

insert into refunds
select
    another(payment, 10 * place), customer, first_at + to_days(cast(place as integer) * (1 + roll(payment, 'later', 15))),
    case place when 0 then first_part else amount + excess - first_part end, one_of(['service_issue', 'downgrade'], payment, 'reason'), processor, payment,
    currency, rate, region, null, null, null, 'exceeds'
from picked cross join range(2) as places (place);

insert into facts
select
    'refund_exceeds_payment', json_object('payment_id', payment_id(payment), 'refund_ids', [refund_id(payment), refund_id(another(payment, 10))]),
    excess, currency, 'lost', 'planted', case when excess * rate < 0.7 then 'a little' else 'much' end
from picked;

-- Roundings; and a refund in dollars of a payment in another currency, at the rate.
create or replace table picked as
select
    refundable.*,
    roll(payment, 'alike excess', 2) as kind,
    paid_at + to_days(2 + roll(payment, 'refunded', 15)) as first_at
from refundable
where lot between 3900 and 4199 and paid_at < now() - interval 40 day and amount * rate > 12 and cents = 100
qualify row_number() over (order by mixed(payment, 'alike excess')) <= wanted(count(*) over (), 22, 5);

insert into refunds
select
    payment, picked.customer, first_at,
    case when kind = 0 or picked.currency = 'USD' then picked.amount + round(0.1 + share(payment, 'rounded') * 0.25, 2)
        else floor(picked.amount * cast(rates.rate as double) * 100) / 100 end,
    'cancelled', processor, payment, case when kind = 0 then picked.currency else 'USD' end, case when kind = 0 then picked.rate else 1 end,
    region, null, null, null, 'alike'
from picked
join rates on rates.currency = picked.currency and rates.day = cast(first_at as date);

insert into look_alikes
select case when kind = 0 or currency = 'USD' then 'a rounding' else 'refunded in another currency, within the rate' end, 'refund_exceeds_payment',
    json_object('payment_id', payment_id(payment), 'refund_ids', [refund_id(payment)])
from picked;

drop table picked;
