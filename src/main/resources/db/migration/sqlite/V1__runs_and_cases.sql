-- Amounts are integers in ten-thousandths of their currency, so that sums are exact; moments are ISO-8601 text, UTC; lists and
-- records are JSON.

create table runs (
    run_id      text primary key,
    status      text not null check (status in ('running', 'completed', 'failed', 'cancelled', 'broken_off')),
    started_at  text not null,
    finished_at text,
    request     text not null, -- the books it was about: folder, mapping, as_of
    result      text,          -- of a completed run, without its cases
    reason      text           -- why it did not complete
);

create table cases (
    case_id            text primary key,
    fingerprint        text not null unique,
    anomaly_type       text not null,
    run_id             text not null references runs (run_id), -- the last run that saw the fact
    title              text not null,
    severity           text not null,
    confidence_score   text not null,
    gross_impact       integer not null,
    estimated_impact   integer not null,
    currency           text not null,
    base_impact        integer,          -- gross in the base currency at the fact's date; null without a rate
    money_kind         text not null,    -- lost, recoverable, owed_to_customer
    recurring          integer not null,
    in_totals          integer not null, -- 0: its money is counted by the facts that it is made of
    rank               integer not null, -- confidence x gross, in the base currency where there is a rate
    evidence           text not null,
    evidence_sql       text not null,
    affected_entities  text not null,
    features           text not null,
    recommended_action text not null,
    sentiment_score    text not null,
    status             text not null,
    status_before      text,             -- of a resolved case: what it goes back to when its fact returns
    status_reason      text,
    created_at         text not null,
    updated_at         text not null
);

create index cases_by_rank on cases (rank desc, case_id);

-- What a run saw of a case, as it then was.
create table run_cases (
    run_id           text not null references runs (run_id),
    case_id          text not null references cases (case_id),
    confidence_score text not null,
    gross_impact     integer not null,
    estimated_impact integer not null,
    primary key (run_id, case_id)
) without rowid;

create index run_cases_by_case on run_cases (case_id, run_id);

-- The life of a case: opened, resolved, reopened …
create table case_events (
    event_id   integer primary key,
    case_id    text not null references cases (case_id),
    run_id     text references runs (run_id),
    kind       text not null,
    detail     text not null,
    created_at text not null
);

create index case_events_by_case on case_events (case_id, event_id);
