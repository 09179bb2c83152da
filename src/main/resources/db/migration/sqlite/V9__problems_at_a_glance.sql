-- What a problem adds up to is told by the index alone: its cases lie scattered over a table whose rows are long.
drop index cases_by_problem;
create index cases_by_problem on cases (
    problem_id, status, rank desc, case_id, currency, money_kind, gross_impact, base_impact
) where problem_id is not null;
