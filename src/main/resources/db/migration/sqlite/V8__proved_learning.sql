-- What a verdict was about, as it then was: what learning needs of it, also when the case is long gone. Null before this version.
alter table feedback add column fact text;             -- JSON: title, traits, money
alter table feedback add column confidence_score text; -- as it was shown
alter table feedback add column expires_at text;       -- of accepted ones

-- Which rule hides a case, and whether it was picked for review all the same.
alter table cases add column suppressed_by text;
alter table cases add column audit integer not null default 0;
create index cases_for_audit on cases (rank desc, case_id) where audit = 1;
create index cases_suppressed on cases (suppressed_by) where suppressed_by is not null;

-- A change of memory says all about itself.
alter table memory add column from_value text;
alter table memory add column scope text;        -- JSON; null: everywhere
alter table memory add column author text;
alter table memory add column proposal_id text;
alter table memory add column money integer;     -- what it hid when it was made, ten-thousandths of the base currency
alter table memory add column expires_at text;

-- What verdicts speak for, and what became of it. One row a scope or limit.
create table proposals (
    position     integer primary key,
    proposal_id  text not null unique,
    memory_key   text not null,
    anomaly_type text,
    scope        text not null, -- JSON
    from_value   text not null, -- JSON
    to_value     text not null, -- JSON
    status       text not null check (status in ('waiting', 'refused', 'applied', 'accepted', 'declined', 'undone', 'lifted')),
    reason       text not null,
    proposed_by  text not null,
    feedback_ids text not null, -- JSON
    replay       text not null, -- JSON
    waits_for    text,
    created_at   text not null,
    updated_at   text not null
);

create unique index proposals_by_key on proposals (memory_key, proposed_by);
