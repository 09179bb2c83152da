-- What was due on every invoice that counts, and how that comes about. "amount_due" is the expected amount, or the re-rated one where
-- that is missing, less the invoice's credits; nothing for a period after the end. Null where it cannot be known.
select
    periods.* exclude (rated, unrated),
    coalesce(line_sums.credits, 0) as credits,
    coalesce(line_sums.lines, 0) as lines,
    line_sums.net as lines_net,
    coalesce(line_sums.tax, 0) as tax,
    case
        when line_sums.prorations > 0 and not after_end and expected_amount is null and days = period_days then null
        else rated
    end as rated,
    case
        when line_sums.prorations > 0 and not after_end and expected_amount is null and days = period_days and unrated is null
            then 'its lines prorate what its subscription does not show'
        else unrated
    end as unrated,
    cast(
        case
            when after_end then 0
            when expected_amount is not null then expected_amount + coalesce(line_sums.credits, 0)
            when line_sums.prorations > 0 and days = period_days then null
            else rated + coalesce(line_sums.credits, 0)
        end as decimal(18, 4)
    ) as amount_due
from rated('invoice_periods') as periods
left join line_sums on line_sums.invoice_id = periods.invoice_id
