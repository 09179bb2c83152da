-- What language models were asked and said: newest last, bounded by OpsIQ. Neither keys nor what looks like one is in it.
-- A call may be made before its run is stored, or outside one: run_id refers to nothing.
create table reasoning_log (
    log_id     integer primary key,
    run_id     text,
    purpose    text not null,
    provider   text not null,
    model      text not null,
    prompt     text not null,
    answer     text not null,
    tokens_in  integer not null,
    tokens_out integer not null,
    latency_ms integer not null,
    outcome    text not null, -- ok, or why the answer was not used
    used       text not null check (used in ('model', 'rules')),
    created_at text not null
);
