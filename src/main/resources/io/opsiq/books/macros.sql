-- The arithmetic of the re-rating. It counts in whole numbers (ten-thousandths of prices, quantities and percents), so that
-- nothing is rounded before the end: half up, to the minor units of the currency.

create macro counts_nowhere(invoice_status) as coalesce(invoice_status, '') in ('void', 'voided', 'draft');

create macro month_of(moment) as cast(date_trunc('month', moment) as date);

-- Full years from a day to another, as anniversaries count.
create macro years_between(from_day, to_day) as
    cast(year(to_day) - year(from_day) - case when strftime(to_day, '%m%d') < strftime(from_day, '%m%d') then 1 else 0 end as integer);

create macro ten_thousandths(number) as cast(cast(number as decimal(38, 4)) * 10000 as hugeint);

-- How many parts of 10^14 make the smallest unit of a currency.
create macro smallest_unit(digits) as case when digits = 0 then 100000000000000 else 1000000000000 end::hugeint;

create macro round_half_up(dividend, divisor) as (2 * dividend + divisor) // (2 * divisor);

-- Whether a price for whole seats and a whole period needs no more than whole numbers of 64 bits.
create macro is_plain(unit_price, quantity, discount_pct, days, period_days, overage) as
    days = period_days and discount_pct = 0 and overage = 0 and unit_price between 0 and 10000000 and quantity between 0 and 100000 and quantity % 1 = 0;

-- Null where the numbers are too large to be meant. The overage is in parts of 10^8; digits are those of the currency.
create macro rated_amount(unit_price, quantity, months, discount_pct, days, period_days, overage, digits) as
    case when is_plain(unit_price, quantity, discount_pct, days, period_days, overage) then
        cast(
            round_half_up(
                cast(unit_price * 10000 as bigint) * cast(quantity as bigint) * months,
                case when digits = 0 then 10000 else 100 end
            ) as decimal(18, 0)
        ) * cast(case when digits = 0 then 1 else 0.01 end as decimal(3, 2))
    else try(
        cast(
            round_half_up(
                ten_thousandths(unit_price) * ten_thousandths(quantity) * ten_thousandths(100 - discount_pct) * months * days
                    + overage * 1000000 * period_days,
                smallest_unit(digits) * period_days
            ) as decimal(18, 0)
        ) * cast(case when digits = 0 then 1 else 0.01 end as decimal(3, 2))
    ) end;

-- What was due for periods. The table that is named must have judged_by (a subscription), period_from, period_to, has_period,
-- after_end, currency and unresolved (why there is no judged_by); its rows come back with the parts of what was due.
create macro rated(periods) as table
with prices_on_day as (
    select days.plan_key, days.currency, days.day, catalogue.monthly_price, catalogue.effective_from
    from (
        select distinct terms.plan_key, terms.currency, p.period_from as day
        from query_table(periods) as p
        join terms on terms.subscription_id = p.judged_by
    ) days
    join catalogue
        on catalogue.plan_key = days.plan_key
        and catalogue.currency = days.currency
        and days.day between catalogue.effective_from and catalogue.effective_until
),

monthly_overage as (
    select
        billed_by,
        billing_month,
        currency,
        sum(over_units) as over_units,
        sum(overage) as overage,
        bool_and(certain) as certain
    from overage
    group by billed_by, billing_month, currency
),

-- An annual period begins at an anniversary of the subscription's start. Without period columns it is looked for in the month.
placed as (
    select
        p.*,
        terms.plan_tier,
        terms.billing,
        terms.start_date,
        terms.until,
        terms.quantity,
        terms.currency as own_currency,
        terms.digits,
        terms.trial_end_date,
        terms.discount_pct as agreed_discount_pct,
        terms.discount_end_date,
        case
            when terms.discount_end_date is null or p.period_from <= terms.discount_end_date then terms.discount_pct
            else 0
        end as discount_pct,
        terms.unclear,
        case
            when p.period_from <= terms.price_locked_until then 'locked'
            when prices_on_day.monthly_price is not null then 'catalogue'
            else 'subscription'
        end as price_from,
        case
            when p.period_from <= terms.price_locked_until or prices_on_day.monthly_price is null then terms.monthly_price
            else prices_on_day.monthly_price
        end as unit_price,
        prices_on_day.effective_from as price_since,
        case when terms.billing = 'annual' then 12 else 1 end as months,
        case
            when terms.billing = 'annual'
                then years_between(terms.start_date, case when p.has_period then p.period_from + 1 else last_day(p.period_from) end)
        end as full_years,
        case
            when terms.billing = 'monthly' and p.period_from <= greatest(month_of(p.period_from), terms.start_date)
                then month_of(p.period_from)
        end as overage_month
    from query_table(periods) as p
    left join terms on terms.subscription_id = p.judged_by
    left join prices_on_day
        on prices_on_day.plan_key = terms.plan_key
        and prices_on_day.currency = terms.currency
        and prices_on_day.day = p.period_from
),

bounded as (
    select
        placed.*,
        case
            when billing = 'annual' then cast(start_date + to_years(full_years) as date)
            else month_of(period_from)
        end as whole_from,
        case
            when billing = 'annual' then cast(cast(start_date + to_years(full_years + 1) as date) - 1 as date)
            else last_day(period_from)
        end as whole_to
    from placed
),

counted_days as (
    select
        bounded.*,
        cast(whole_to - whole_from + 1 as integer) as period_days,
        cast(
            greatest(
                0,
                case
                    when billing = 'annual' then whole_to - greatest(whole_from, coalesce(trial_end_date + 1, whole_from)) + 1
                    else least(whole_to, period_to, until)
                        - greatest(period_from, start_date, coalesce(trial_end_date + 1, period_from)) + 1
                end
            ) as integer
        ) as days,
        case
            when judged_by is null then unresolved
            when after_end then null
            when unclear is not null then unclear
            when currency <> own_currency then 'it is in another currency than its subscription'
            when period_to < start_date then 'its period lies before its subscription began'
            when unit_price is null then 'no price is known for its plan'
            when billing = 'annual'
                and has_period
                and abs(period_from - whole_from) > 1
                and coalesce(period_from <> trial_end_date + 1, true)
                then 'its period does not begin at an anniversary of its subscription'
            when billing = 'annual' and not has_period and whole_from < period_from
                then 'no annual period of its subscription begins in its month'
            when billing = 'monthly' and period_to > whole_to then 'its period is no calendar month or part of one'
        end as unrated
    from bounded
)

select
    counted_days.* exclude (unresolved, unclear, own_currency, digits, trial_end_date, full_years, overage_month, whole_from, whole_to, unrated),
    monthly_overage.over_units,
    monthly_overage.overage,
    case
        when after_end then 0
        when unrated is null and coalesce(monthly_overage.certain, true) then
            rated_amount(
                unit_price, quantity, months, discount_pct, days, period_days,
                coalesce(monthly_overage.overage, 0), digits
            )
    end as rated,
    case
        when unrated is null and not coalesce(monthly_overage.certain, true)
            then 'whose included units its usage may take is not known'
        else unrated
    end as unrated
from counted_days
left join monthly_overage
    on monthly_overage.billed_by = counted_days.judged_by
    and monthly_overage.billing_month = counted_days.overage_month
    and monthly_overage.currency = counted_days.currency;

-- The same of invoices, with their lines. "amount_due" is the expected amount, or the re-rated one where that is missing, less the
-- invoice's credits; nothing for a period after the end. Null where it cannot be known.
create macro due_of(periods) as table
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
from rated(periods) as periods
left join line_sums on line_sums.invoice_id = periods.invoice_id;

create macro shown_money(amount, currency) as
    currency || ' ' || format(case when minor_digits(currency) = 0 then '{:,.0f}' else '{:,.2f}' end, cast(amount as double));

create macro shown_number(number) as regexp_replace(format('{:,.4f}', cast(number as double)), '\.?0+$', '');

-- The re-rated amount as a sum that can be done by hand.
create macro shown_rating(
    unit_price, quantity, months, price_from, price_since, discount_pct, days, period_days, over_units, overage, rated, currency
) as
    shown_number(quantity) || ' × ' || shown_money(unit_price, currency)
    || case price_from
        when 'catalogue' then ' (catalogue price since ' || price_since || ')'
        when 'locked' then ' (price locked in the subscription)'
        else ' (price of the subscription)'
    end
    || case when months > 1 then ' × ' || months || ' months' else '' end
    || case when discount_pct > 0 then ' less ' || shown_number(discount_pct) || ' %' else '' end
    || case when days < period_days then ' × ' || days || '/' || period_days || ' days' else '' end
    || case
        when over_units > 0
            then ' + ' || shown_number(over_units) || ' units over for ' || shown_money(cast(overage as double) / 100000000, currency)
        else ''
    end
    || ' = ' || shown_money(rated, currency);

-- The same of a whole row of misbilled, or of rated periods.
create macro rating_of(row_of_due) as shown_rating(
    row_of_due['unit_price'], row_of_due['quantity'], row_of_due['months'], row_of_due['price_from'],
    row_of_due['price_since'], row_of_due['discount_pct'], row_of_due['days'], row_of_due['period_days'],
    row_of_due['over_units'], row_of_due['overage'], row_of_due['rated'], row_of_due['currency']
);

create macro amount_band(in_base) as case
    when in_base < 50 then 'under 50'
    when in_base < 200 then '50 to 200'
    when in_base < 1000 then '200 to 1000'
    when in_base < 5000 then '1000 to 5000'
    else '5000 and more'
end;
