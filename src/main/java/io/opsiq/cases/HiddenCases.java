package io.opsiq.cases;

import io.opsiq.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import tools.jackson.core.type.TypeReference;

/** Reads and writes what of the table {@code cases} learning hides, shows again and picks for review. */
final class HiddenCases {

    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

    void forEachStanding(DSLContext context, Consumer<Standing> consumer) {
        forEach(context, "status in ('open', 'approved', 'suppressed')", consumer);
    }

    void forEachHidden(DSLContext context, Consumer<Standing> consumer) {
        forEach(context, "status = 'suppressed'", consumer);
    }

    private static void forEach(DSLContext context, String which, Consumer<Standing> consumer) {
        Rows.forEach(context, """
                select case_id, title, anomaly_type, status, suppressed_by, features, coalesce(base_impact, gross_impact)
                from cases
                where %s
                order by case_id
                """.formatted(which), List.of(), row -> consumer.accept(toStanding(row)));
    }

    private static Standing toStanding(ResultSet row) throws SQLException {
        return new Standing(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                CaseStatus.of(row.getString(4)).orElseThrow(),
                row.getString(5),
                Json.read(row.getString(6), FIELDS),
                row.getLong(7));
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
