-- In the base currency at the last rate of the books.
select
    anomaly_type,
    entity,
    amount,
    facts.currency,
    cast(round(amount * rate_to_base, 2) as decimal(18, 2)) as amount_in_base,
    direction,
    certainty,
    how
from facts
join (select currency, max_by(rate_to_base, rate_date) as rate_to_base from published_rates group by currency) last_rates
    on last_rates.currency = facts.currency
order by anomaly_type, entity
