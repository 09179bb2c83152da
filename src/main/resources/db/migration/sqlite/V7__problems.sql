-- Cases of one type with one cause. Which cases those are, is with the cases.
create table problems (
    problem_id     text primary key,
    anomaly_type   text not null,
    type_name      text not null, -- as people say it
    run_id         text not null references runs (run_id), -- the last run that saw it
    cause          text not null, -- JSON: what kind it is, and the values that its cases share
    base_currency  text,
    share          text not null, -- of the type's cases in that run, 0..1
    expected_share text not null, -- what chance would give it
    created_at     text not null,
    updated_at     text not null
);

alter table cases add column problem_id text;
create index cases_by_problem on cases (problem_id, status, rank desc, case_id) where problem_id is not null;

-- The problem whose cases a verdict answered together; null where it was about one case.
alter table feedback add column problem_id text;
