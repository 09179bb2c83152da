-- The queue of cases is filtered, counted and sorted from these alone; the rows themselves, with their evidence and SQL, are read
-- for one page only.
create index cases_for_counts on cases (status, anomaly_type, severity, currency, confidence_score);

create index cases_for_queue on cases (
    rank desc, case_id, status, anomaly_type, severity, currency, confidence_score, base_impact, gross_impact, created_at
);

-- The second column is what a search looks through.
create index cases_for_search on cases (
    rank desc, lower(title || ' ' || case_id || ' ' || affected_entities), case_id, status, anomaly_type, severity, currency,
    confidence_score, base_impact, gross_impact, created_at
);
