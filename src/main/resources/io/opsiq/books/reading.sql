-- How text becomes a value. Text that is none gives null, and its row is set aside.

create macro read_number(v) as case when contains(v, '_') then null else try_cast(v as decimal(18, 4)) end;

create macro read_rate(v) as case when contains(v, '_') then null else try_cast(v as decimal(18, 8)) end;

-- The engine's own cast to a timestamp drops an offset; only a cast to one with a zone applies it.
create macro read_time(v) as case
    when regexp_full_match(v, '\d{4}-\d{2}-\d{2}([Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?( ?(Z|z|UTC))?)?')
        then try_cast(upper(v) as timestamp)
    when regexp_full_match(v, '\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)? ?[+-](0\d|1[0-4])(:?[0-5]\d)?')
        then try_cast(replace(upper(v), ' +', '+') as timestamptz) at time zone 'UTC'
    when regexp_full_match(v, '\d{8}(T\d{6}Z?)?')
        then try_strptime(v, ['%Y%m%d', '%Y%m%dT%H%M%S', '%Y%m%dT%H%M%SZ'])
end;

create schema intake;

-- Rows that are set aside: whoever misses a record looks here before calling it missing.
create schema set_aside;

create table intake.feeds (table_name varchar, feed integer, first_row bigint);

-- ordinal: position among the stored rows of its feed; line: of a row that could not be stored.
create table intake.bad_rows (
    table_name varchar, feed integer, ordinal bigint, line bigint, column_name varchar, value varchar, reason varchar
);
