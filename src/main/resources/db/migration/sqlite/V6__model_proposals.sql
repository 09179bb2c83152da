-- What a language model proposed after a verdict. It changes nothing by itself.
create table model_proposals (
    position    integer primary key,
    feedback_id text not null references feedback (feedback_id),
    memory_key  text not null,
    proposed    text not null,
    reason      text not null,
    created_at  text not null
);

create index model_proposals_by_feedback on model_proposals (feedback_id);
