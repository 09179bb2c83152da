package io.opsiq.cases;

import io.opsiq.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Record;
import tools.jackson.core.type.TypeReference;

/** Reads and writes what of the table {@code cases} learning hides, shows again and picks for review. */
final class HiddenCases {

    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

    void forEachStanding(DSLContext context, Consumer<Standing> consumer) {
        try (Cursor<Record> rows = context.resultQuery("""
                        select case_id, title, anomaly_type, status, features, coalesce(base_impact, gross_impact) as money
                        from cases
                        where status in ('open', 'approved', 'suppressed')
                        order by case_id
                        """).fetchLazy()) {
            rows.forEach(row -> consumer.accept(new Standing(
                    row.get("case_id", String.class),
                    row.get("title", String.class),
                    row.get("anomaly_type", String.class),
                    CaseStatus.of(row.get("status", String.class)).orElseThrow(),
                    Json.read(row.get("features", String.class), FIELDS),
                    row.get("money", Long.class))));
        }
    }

    void suppress(DSLContext context, String by, String reason, List<String> caseIds, Instant now) {
        caseIds.forEach(caseId -> {
            context.execute(
                    "update cases set status = 'suppressed', suppressed_by = ?, status_reason = ?, updated_at = ? where case_id = ? and status = 'open'",
                    by,
                    reason,
                    now.toString(),
                    caseId);
            tell(context, caseId, "suppressed", reason, now);
        });
    }

    void show(DSLContext context, List<String> caseIds, String why, Instant now) {
        caseIds.forEach(caseId -> {
            context.execute("""
                    update cases
                    set status = 'open', suppressed_by = null, status_reason = null, audit = 0, updated_at = ?
                    where case_id = ? and status = 'suppressed'
                    """, now.toString(), caseId);
            tell(context, caseId, "shown again", why, now);
        });
    }

    private static void tell(DSLContext context, String caseId, String kind, String detail, Instant now) {
        context.execute(
                "insert into case_events (case_id, run_id, kind, detail, created_at) values (?, null, ?, ?, ?)",
                caseId,
                kind,
                detail,
                now.toString());
    }

    List<String> suppressedBy(DSLContext context, String by) {
        return context.resultQuery(
                        "select case_id from cases where suppressed_by = ? and status = 'suppressed' order by case_id",
                        by)
                .fetch(0, String.class);
    }

    void audit(DSLContext context, List<String> caseIds) {
        context.execute("update cases set audit = 0 where audit = 1 and status = 'suppressed'");
        caseIds.forEach(caseId -> context.execute("update cases set audit = 1 where case_id = ?", caseId));
    }
}
