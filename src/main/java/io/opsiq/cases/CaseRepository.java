package io.opsiq.cases;

import io.opsiq.books.Money;
import io.opsiq.cases.ImpactSummary.Impact;
import io.opsiq.detectors.Detector.Severity;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Reads and writes the tables {@code cases}, {@code run_cases} and {@code case_events}. */
final class CaseRepository {

    private static final String SELECT = "select " + CaseRow.COLUMNS + " from cases where ";
    private static final String RANKED = " order by rank desc, case_id";
    private static final String IS_CHANGED =
            "(a.confidence_score <> b.confidence_score or a.estimated_impact <> b.estimated_impact)";

    /** Of many changes the first are near the top of the ranks; few are found sooner where they are, and then sorted. */
    private static final int FEW_CHANGES = 1_000;

    private static final String DOWN_THE_RANKS = """
            cases as c indexed by cases_for_queue
                cross join run_cases as b on b.case_id = c.case_id
                cross join run_cases as a on a.case_id = c.case_id""";
    private static final String CHANGED_FIRST = """
            run_cases as b
                cross join run_cases as a on a.case_id = b.case_id
                cross join cases as c on c.case_id = b.case_id""";

    /** Brings the cases in line with the tables {@code incoming} and {@code given_way}. */
    void merge(DSLContext context, String runId, List<String> judged, Instant now) {
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
        String gone =
                "(run_id < ? or run_id > ?) and +status in ('open', 'approved', 'accepted', 'suppressed') and +anomaly_type in ("
                        + marks(types) + ")";
        context.execute(
                "insert into case_events (case_id, run_id, kind, detail, created_at) select case_id, ?, 'resolved', "
                        + reason + ", ? from cases where " + gone,
                bound(List.of(runId, now.toString(), runId, runId), types));
        context.execute(
                "update cases set status_before = status, status = 'resolved', updated_at = ?, status_reason = "
                        + reason + " where " + gone,
                bound(List.of(now.toString(), runId, runId), types));
    }

    private static Object[] bound(List<String> first, List<String> then) {
        return Stream.concat(first.stream(), then.stream()).toArray();
    }

    private static String marks(List<String> values) {
        return String.join(", ", Collections.nCopies(values.size(), "?"));
    }

    Optional<Case> find(DSLContext context, String caseId) {
        return cases(context, SELECT + "case_id = ?", List.of(caseId)).stream().findFirst();
    }

    CasePage list(DSLContext context, CaseQuery query) {
        List<Object> values = new ArrayList<>();
        String where = where(query, values);
        long count = count(context, "select count(*) from cases where " + where, values);
        @Nullable String cursor = query.cursor();
        if (cursor != null) {
            where += " and rank <= ? and (rank < ? or case_id > ?)";
            Position position = Position.read(cursor);
            values.addAll(List.of(position.rank(), position.rank(), position.caseId()));
        }
        String limit = query.limit() > 0 ? " limit " + (query.limit() + 1) : "";
        List<Case> cases = cases(context, SELECT + where + RANKED + limit, values);
        boolean more = query.limit() > 0 && cases.size() > query.limit();
        List<Case> page = more ? cases.subList(0, query.limit()) : cases;
        @Nullable String next = more ? position(context, page.getLast()).cursor() : null;
        return new CasePage(List.copyOf(page), count, next);
    }

    private static List<Case> cases(DSLContext context, String sql, List<Object> values) {
        List<Case> cases = new ArrayList<>();
        Rows.forEach(context, sql, values, row -> cases.add(CaseRow.of(row).toCase()));
        return cases;
    }

    private static Position position(DSLContext context, Case last) {
        return context.resultQuery("select rank from cases where case_id = ?", last.caseId())
                .fetchSingle(row -> new Position(number(row, "rank"), last.caseId()));
    }

    /** Gives the case the status that a verdict means; one whose fact is gone keeps it for the fact's return. */
    void judge(DSLContext context, String caseId, CaseStatus status, @Nullable String reason, Instant now) {
        context.execute("""
                update cases
                set suppressed_by = null,
                    status_before = case when status = 'resolved' then ? else status_before end,
                    status_reason = case when status = 'resolved' then status_reason else ? end,
                    status = case when status = 'resolved' then status else ? end,
                    updated_at = ?
                where case_id = ?
                """, status.word(), reason, status.word(), now.toString(), caseId);
    }

    void addEvent(DSLContext context, String caseId, CaseEvent event) {
        context.execute(
                "insert into case_events (case_id, run_id, kind, detail, created_at) values (?, ?, ?, ?, ?)",
                caseId,
                event.runId(),
                event.kind(),
                event.detail(),
                event.createdAt().toString());
    }

    /** The cases that both runs saw, each with another score or estimate, the most money first. */
    CaseChanges changes(DSLContext context, String earlierRun, String laterRun, int most) {
        long count = countChanges(context, earlierRun, laterRun);
        String from = count > FEW_CHANGES ? DOWN_THE_RANKS : CHANGED_FIRST;
        List<CaseChange> first = context.resultQuery("""
                        select
                            c.case_id, c.title, c.anomaly_type, c.currency,
                            b.confidence_score as score_before, b.estimated_impact as estimate_before,
                            a.confidence_score as score_after, a.estimated_impact as estimate_after
                        from %s
                        where b.run_id = ? and a.run_id = ? and %s
                        order by c.rank desc, c.case_id
                        limit ?
                        """.formatted(from, IS_CHANGED), earlierRun, laterRun, most)
                .fetch(row -> new CaseChange(
                        text(row, "case_id"),
                        text(row, "title"),
                        text(row, "anomaly_type"),
                        text(row, "currency"),
                        view(row, "before"),
                        view(row, "after")));
        return new CaseChanges(first, count);
    }

    /** How many there are of {@link #changes}. */
    long countChanges(DSLContext context, String earlierRun, String laterRun) {
        return count(context, """
                select count(*)
                from run_cases as b
                join run_cases as a on a.case_id = b.case_id
                where b.run_id = ? and a.run_id = ? and %s
                """.formatted(IS_CHANGED), List.of(earlierRun, laterRun));
    }

    private static CaseChange.View view(Record row, String when) {
        BigDecimal score = new BigDecimal(text(row, "score_" + when));
        return new CaseChange.View(Confidence.of(score), score, amount(row, "estimate_" + when, text(row, "currency")));
    }

    /** The cases of the run by band of confidence, the highest first. */
    List<CaseTally> tally(DSLContext context, String runId) {
        return context.resultQuery("""
                        select
                            case
                                when cast(confidence_score as real) >= ? then 'HIGH'
                                when cast(confidence_score as real) >= ? then 'MEDIUM'
                                else 'LOW'
                            end as band,
                            count(*) as cases,
                            sum((recommended_action <> '') + (evidence_count >= 2)) as actionable,
                            sum((estimated_impact > 0) + (evidence_count >= 3)) as specific,
                            sum(status = 'approved') as approved,
                            sum(status = 'rejected') as rejected,
                            sum(status = 'false_positive') as false_positive,
                            sum(case when status in ('approved', 'false_positive')
                                then cast(round(cast(confidence_score as real) * 10000) as integer) else 0 end) as reviewed_score
                        from cases
                        where run_id = ? and status <> 'suppressed'
                        group by band
                        order by min(confidence_score) desc
                        """, Confidence.HIGH.from(), Confidence.MEDIUM.from(), runId)
                .fetch(row -> new CaseTally(
                        Confidence.valueOf(text(row, "band")),
                        number(row, "cases"),
                        number(row, "actionable"),
                        number(row, "specific"),
                        number(row, "approved"),
                        number(row, "rejected"),
                        number(row, "false_positive"),
                        BigDecimal.valueOf(number(row, "reviewed_score"), 4)));
    }

    /** All matches, streamed in their order. */
    void forEach(DSLContext context, CaseQuery query, Consumer<Case> consumer) {
        forEachRow(context, query, row -> consumer.accept(CaseRow.of(row).toCase()));
    }

    /** Writes all matches in their order; answers with how many they were. */
    long write(DSLContext context, CaseQuery query, JsonGenerator json) {
        long[] written = {0};
        try (Relay<CaseRow> relay = new Relay<>(row -> {
            row.write(json);
            written[0]++;
        })) {
            forEachRow(context, query, row -> relay.accept(CaseRow.of(row)));
            relay.complete();
        }
        return written[0];
    }

    private static void forEachRow(DSLContext context, CaseQuery query, Rows.Reader reader) {
        List<Object> values = new ArrayList<>();
        String where = where(query, values);
        Rows.forEach(context, SELECT + where + RANKED, values, reader);
    }

    void forEachFact(DSLContext context, Consumer<CaseFact> consumer) {
        Rows.forEach(context, """
                select
                    case_id, title, anomaly_type, severity, status, confidence_score, gross_impact, estimated_impact,
                    currency, money_kind, in_totals, created_at, affected_entities, features
                from cases
                order by rank desc, case_id
                """, List.of(), row -> consumer.accept(toFact(row)));
    }

    private static CaseFact toFact(ResultSet row) throws SQLException {
        String currency = row.getString(9);
        return new CaseFact(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                new BigDecimal(row.getString(6)),
                amount(row.getLong(7), currency),
                amount(row.getLong(8), currency),
                currency,
                row.getString(10),
                row.getLong(11) == 1,
                Instant.parse(row.getString(12)),
                row.getString(13),
                row.getString(14));
    }

    private static String where(CaseQuery query, List<Object> values) {
        String where = query.audit() ? "audit = 1" : "status <> 'suppressed'";
        if (query.status() != null) {
            where = query.audit() ? "audit = 1 and status = ?" : "status = ?";
            values.add(query.status().word());
        }
        Severity lowest = query.atLeast();
        if (lowest != null) {
            List<String> words = Stream.of(Severity.values())
                    .filter(severity -> severity.compareTo(lowest) >= 0)
                    .map(severity -> severity.name().toLowerCase(Locale.ROOT))
                    .toList();
            where += " and severity in (" + marks(words) + ")";
            values.addAll(words);
        }
        if (query.runId() != null) {
            where +=
                    " and exists (select 1 from run_cases as seen where seen.run_id = ? and seen.case_id = cases.case_id)";
            values.add(query.runId());
        }
        return where;
    }

    private static long count(DSLContext context, String sql, List<Object> values) {
        Long count = context.resultQuery(sql, values.toArray()).fetchOne(0, Long.class);
        return count == null ? 0 : count;
    }

    Map<CaseStatus, Long> counts(DSLContext context) {
        return context.resultQuery("select status, count(*) as cases from cases group by status")
                .fetchMap(row -> CaseStatus.of(text(row, "status")).orElseThrow(), row -> row.get("cases", Long.class));
    }

    List<CaseEvent> events(DSLContext context, String caseId) {
        return context.resultQuery(
                        "select kind, detail, run_id, created_at from case_events where case_id = ? order by event_id",
                        caseId)
                .fetch(row -> new CaseEvent(
                        text(row, "kind"),
                        text(row, "detail"),
                        row.get("run_id", String.class),
                        Instant.parse(text(row, "created_at"))));
    }

    ImpactSummary summary(DSLContext context, String runId, @Nullable String baseCurrency) {
        long count = count(
                context, "select count(*) from cases where run_id = ? and status <> 'suppressed'", List.of(runId));
        var rows = context.resultQuery("""
                        select
                            currency,
                            coalesce(sum(gross_impact) filter (where money_kind <> 'owed_to_customer'), 0) as lost,
                            coalesce(sum(gross_impact) filter (where money_kind = 'owed_to_customer'), 0) as owed,
                            coalesce(sum(case when money_kind = 'owed_to_customer' then -base_impact else base_impact end), 0) as net,
                            count(*) - count(base_impact) as without_rate
                        from cases
                        where run_id = ? and status in ('open', 'approved') and in_totals = 1
                        group by currency
                        order by currency
                        """, runId).fetch();
        Map<String, Impact> byCurrency = new LinkedHashMap<>();
        BigDecimal net = BigDecimal.ZERO;
        boolean convertible = baseCurrency != null;
        for (Record row : rows) {
            String currency = text(row, "currency");
            byCurrency.put(currency, new Impact(amount(row, "lost", currency), amount(row, "owed", currency)));
            net = net.add(BigDecimal.valueOf(number(row, "net"), 4));
            convertible &= number(row, "without_rate") == 0;
        }
        return new ImpactSummary(
                count,
                byCurrency,
                convertible && baseCurrency != null ? Money.rounded(net, baseCurrency) : null,
                baseCurrency);
    }

    private static String text(Record row, String column) {
        return row.get(column, String.class);
    }

    private static long number(Record row, String column) {
        return row.get(column, Long.class);
    }

    private static BigDecimal amount(Record row, String column, String currency) {
        return amount(number(row, column), currency);
    }

    private static BigDecimal amount(long units, String currency) {
        return Money.rounded(BigDecimal.valueOf(units, 4), currency);
    }

    /** Where a page ended, as a text that callers hand back without looking into it. */
    private record Position(long rank, String caseId) {

        static Position read(String cursor) {
            try {
                String[] parts =
                        new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(" ", 2);
                return new Position(Long.parseLong(parts[0]), parts[1]);
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                throw new IllegalArgumentException(
                        "The cursor '" + cursor + "' is not one that a list gave. Maybe begin without a cursor.", e);
            }
        }

        String cursor() {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((rank + " " + caseId).getBytes(StandardCharsets.UTF_8));
        }
    }
}
