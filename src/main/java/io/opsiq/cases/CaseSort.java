package io.opsiq.cases;

/** In which order the queue shows cases; among equals by expected money, then by id. */
public enum CaseSort {
    /** Expected money, the most first. */
    EXPECTED("rank desc"),
    /** Gross impact in the base currency where there is a rate, the most first. */
    IMPACT("coalesce(base_impact, gross_impact) desc"),
    CONFIDENCE("confidence_score desc"),
    SEVERITY("case severity when 'critical' then 0 when 'high' then 1 when 'medium' then 2 else 3 end"),
    NEWEST("created_at desc"),
    OLDEST("created_at");

    private final String sql;

    CaseSort(String sql) {
        this.sql = sql;
    }

    String sql() {
        return this == EXPECTED ? "rank desc, case_id" : sql + ", rank desc, case_id";
    }
}
