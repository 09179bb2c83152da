create table customers as
with drawn as (
    select
        number,
        case when roll(number, 'region', 100) < 38 then 'NA' when roll(number, 'region', 100) < 68 then 'EMEA'
            when roll(number, 'region', 100) < 88 then 'APAC' else 'LATAM' end as region,
        roll(number, 'currency', 100) as coin,
        roll(number, 'segment', 10) as size
    from range(customers_wanted()) as numbers (number)
)
select
    number as customer,
    customer_id(number) as customer_id,
    one_of(['Amber', 'Birch', 'Cobalt', 'Delta', 'Ember', 'Fjord', 'Granite', 'Harbor', 'Indigo', 'Juniper', 'Kestrel', 'Lumen', 'Meadow',
            'Nimbus', 'Onyx', 'Pine', 'Quartz', 'River', 'Summit', 'Tidal', 'Umbra', 'Vertex', 'Willow', 'Zephyr'], number, 'first name')
        || ' '
        || one_of(['Analytics', 'Bakery', 'Clinic', 'Design', 'Energy', 'Foods', 'Freight', 'Games', 'Hotels', 'Insurance', 'Labs', 'Legal',
            'Logistics', 'Media', 'Motors', 'Optics', 'Press', 'Retail', 'Robotics', 'Schools', 'Studios', 'Travel', 'Water', 'Works'], number, 'second name')
        || ' '
        || one_of(['Inc', 'Ltd', 'GmbH', 'SA', 'Group', 'Co', 'LLC', 'BV'], number, 'third name') as customer_name,
    region,
    case when size < 6 then 'smb' when size < 9 then 'mid_market' else 'enterprise' end as segment,
    case
        when region = 'EMEA' and coin < 70 then 'EUR'
        when region = 'EMEA' and coin < 90 then 'GBP'
        when region = 'APAC' and coin < 55 then 'JPY'
        else 'USD'
    end as currency,
    case when region = 'EMEA' then 19 when region = 'APAC' and coin < 55 then 10 else 0 end as tax_percent,
    one_of(['stripe', 'stripe', 'stripe', 'adyen', 'adyen', 'paypal', 'gocardless'], number, 'processor') as processor,
    roll(number, 'prospect', 100) < 2 as is_prospect
from drawn;
