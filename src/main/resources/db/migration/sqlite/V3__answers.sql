-- What was asked of the analyst and what it answered. A plan is what a later question goes on from.
create table answers (
    answer_id  text primary key,
    question   text not null,
    context    text references answers (answer_id), -- the answer that the question goes on from
    plan       text,                                -- null where the question was not understood
    document   text not null,
    created_at text not null
);

create index answers_by_time on answers (created_at);
