select currency, rate_date, rate_to_base
from published_rates
order by mixed(epoch(rate_date), currency)
