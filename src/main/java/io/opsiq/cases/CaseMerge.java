package io.opsiq.cases;

import java.time.Instant;
import java.util.List;
import org.jooq.DSLContext;

/** Brings the tables {@code cases}, {@code run_cases} and {@code case_events} in line with the {@link IncomingCases} of a run. */
final class CaseMerge {

    private CaseMerge() {}

    /** @param judged the types whose missing cases are resolved */
    static void merge(DSLContext context, String runId, List<String> judged, Instant now) {
        context.execute("""
                insert into case_events (case_id, run_id, kind, detail, created_at)
                select i.case_id, ?, 'reopened', 'The fact is back in the books.', ?
                from incoming as i join cases as c using (case_id)
                where c.status = 'resolved'
                """, runId, now.toString());
        context.execute("create temporary table if not exists opened (case_id text primary key) without rowid");
        context.execute("delete from opened");
        context.execute(
                "insert into opened select case_id from incoming where case_id not in (select case_id from cases)");
        upsert(context, runId, now);
        context.execute("""
                insert into case_events (case_id, run_id, kind, detail, created_at)
                select case_id, ?, 'opened', 'Found for the first time.', ? from opened
                """, runId, now.toString());
        context.execute("""
                insert into run_cases
                select ?, case_id, confidence_score, gross_impact, estimated_impact from incoming
                """, runId);
        if (!judged.isEmpty()) {
            resolveUnseen(context, runId, judged, now);
        }
    }

    /** In the order of most of the indexes, which then grow at their end. */
    private static void upsert(DSLContext context, String runId, Instant now) {
        context.execute("""
                insert into cases (
                    case_id, fingerprint, anomaly_type, run_id, title, severity, confidence_score, gross_impact,
                    estimated_impact, currency, base_impact, money_kind, recurring, in_totals, rank, evidence, evidence_sql,
                    affected_entities, features, recommended_action, sentiment_score, confidence_reasons, evidence_count,
                    problem_id, status, created_at, updated_at)
                select
                    case_id, fingerprint, anomaly_type, ?, title, severity, confidence_score, gross_impact,
                    estimated_impact, currency, base_impact, money_kind, recurring, in_totals, rank, evidence, evidence_sql,
                    affected_entities, features, recommended_action, sentiment_score, confidence_reasons, evidence_count,
                    problem_id, 'open', ?, ?
                from incoming indexed by incoming_by_rank
                where true
                order by rank desc, case_id
                on conflict (case_id) do update set
                    run_id = excluded.run_id,
                    title = excluded.title,
                    severity = excluded.severity,
                    confidence_score = excluded.confidence_score,
                    gross_impact = excluded.gross_impact,
                    estimated_impact = excluded.estimated_impact,
                    currency = excluded.currency,
                    base_impact = excluded.base_impact,
                    money_kind = excluded.money_kind,
                    recurring = excluded.recurring,
                    in_totals = excluded.in_totals,
                    rank = excluded.rank,
                    evidence = excluded.evidence,
                    evidence_sql = excluded.evidence_sql,
                    affected_entities = excluded.affected_entities,
                    features = excluded.features,
                    recommended_action = excluded.recommended_action,
                    sentiment_score = excluded.sentiment_score,
                    confidence_reasons = excluded.confidence_reasons,
                    evidence_count = excluded.evidence_count,
                    problem_id = excluded.problem_id,
                    status_reason = case when status = 'resolved' then null else status_reason end,
                    status = case when status = 'resolved' then coalesce(status_before, 'open') else status end,
                    status_before = null,
                    updated_at = excluded.updated_at
                """, runId, now.toString(), now.toString());
    }

    /** Looks for what earlier runs saw last, which is little beside what this one saw; a plus keeps SQLite from the other indexes. */
    private static void resolveUnseen(DSLContext context, String runId, List<String> types, Instant now) {
        String reason =
                "coalesce((select reason from given_way where given_way.case_id = cases.case_id), 'The books no longer show its fact.')";
        Condition gone = Condition.of("(run_id < ? or run_id > ?)", runId, runId)
                .and(Condition.of("+status in ('open', 'approved', 'accepted', 'suppressed')"))
                .and(Condition.oneOf("+anomaly_type", types));
        context.execute(
                "insert into case_events (case_id, run_id, kind, detail, created_at) select case_id, ?, 'resolved', "
                        + reason + ", ? from cases where " + gone.sql(),
                gone.after(runId, now.toString()));
        context.execute(
                "update cases set status_before = status, status = 'resolved', updated_at = ?, status_reason = "
                        + reason + " where " + gone.sql(),
                gone.after(now.toString()));
    }
}
