-- Why a score is not what the detector expects of itself, as sentences; and how many sentences of evidence a case has.
alter table cases add column confidence_reasons text not null default '[]';
alter table cases add column evidence_count integer not null default 0;
update cases set evidence_count = json_array_length(evidence);

-- What an evaluation reads of a run's cases.
create index cases_by_run on cases (
    run_id, status, confidence_score, estimated_impact, evidence_count, recommended_action
);

-- Runs that were asked for and wait, or have waited, for their turn.
create table run_requests (
    run_id          text primary key,
    status          text not null check (status in ('queued', 'started', 'cancelled')),
    kind            text not null check (kind in ('run', 'rerun')),
    request         text not null,
    idempotency_key text unique,
    requested_at    text not null
);

-- What people said about cases and answers. The last one about a target that was not withdrawn is in force.
create table feedback (
    position        integer primary key,
    feedback_id     text not null unique,
    target_type     text not null check (target_type in ('case', 'analyst')),
    target_id       text not null,
    feedback_type   text not null,
    comment         text not null,
    reviewer        text not null,
    anomaly_type    text,    -- of the case
    run_id          text references runs (run_id), -- the run whose case was judged
    in_force        integer not null,
    withdrawn_at    text,
    idempotency_key text unique,
    created_at      text not null
);

create index feedback_by_target on feedback (target_type, target_id, position);
create index feedback_in_force on feedback (anomaly_type, feedback_type) where in_force = 1;

-- What was learned: each change of a value is a row, the last of a key is in force.
create table memory (
    version     integer primary key,
    memory_key  text not null,
    value       text not null, -- JSON
    reason      text not null,
    source      text not null,
    feedback_id text references feedback (feedback_id),
    created_at  text not null
);

create index memory_by_key on memory (memory_key, version);

create table evaluations (
    position             integer primary key,
    run_id               text not null references runs (run_id),
    actionability        integer not null,
    correctness          integer not null,
    specificity          integer not null,
    calibration_note     text not null,
    total_cases          integer not null,
    false_positive_count integer not null,
    created_at           text not null
);

create index evaluations_by_run on evaluations (run_id, position);

create table actions (
    position         integer primary key,
    action_id        text not null unique,
    action_type      text not null check (action_type in ('create_case', 'send_alert', 'approval_task')),
    run_id           text not null references runs (run_id), -- the run that proposed it
    case_id          text references cases (case_id),        -- null for what is about a whole run
    title            text not null,
    description      text not null,
    severity         text not null,
    estimated_impact integer,
    currency         text,
    reason           text not null,
    status           text not null check (status in ('proposed', 'pending_approval', 'approved', 'declined', 'done', 'failed')),
    created_at       text not null,
    updated_at       text not null
);

create index actions_by_case on actions (case_id, action_type);
create index actions_by_run on actions (run_id);

-- What really happened to an action. Rows are added, never changed.
create table action_events (
    event_id   integer primary key,
    action_id  text not null references actions (action_id),
    status     text not null,
    actor      text not null,
    detail     text not null,
    created_at text not null
);

create index action_events_by_action on action_events (action_id, event_id);

create trigger action_events_are_never_changed before update on action_events
begin
    select raise(abort, 'The audit trail of actions is append-only.');
end;

-- Signals that came in from outside the books.
create table signals (
    signal_id      text primary key,
    "timestamp"    text not null,
    signal_type    text not null,
    severity       text not null,
    source         text not null,
    related_entity text,
    payload        text not null,
    received_at    text not null
);

create table sentiment_log (
    position   integer primary key,
    text       text not null,
    context    text not null,
    result     text not null, -- JSON
    created_at text not null
);
