package io.opsiq.cases;

import io.opsiq.books.Money;
import io.opsiq.detectors.Detector.Severity;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
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

/** Reads cases and their history, and writes what people say of one. */
final class CaseRepository {

    private static final String SELECT = "select " + CaseRow.COLUMNS + " from cases where ";
    private static final String RANKED = " order by rank desc, case_id";

    Optional<Case> find(DSLContext context, String caseId) {
        return cases(context, Condition.equal("case_id", caseId), "").stream().findFirst();
    }

    CasePage list(DSLContext context, CaseQuery query) {
        Condition all = where(query);
        long count = context.resultQuery("select count(*) as cases from cases where " + all.sql(), all.after())
                .fetchSingle(row -> row.get("cases", Long.class));
        String limit = query.limit() > 0 ? " limit " + (query.limit() + 1) : "";
        List<Case> cases = cases(context, all.and(query.cursor(), CaseRepository::after), RANKED + limit);
        boolean more = query.limit() > 0 && cases.size() > query.limit();
        List<Case> page = more ? cases.subList(0, query.limit()) : cases;
        @Nullable String next = more ? position(context, page.getLast()).cursor() : null;
        return new CasePage(List.copyOf(page), count, next);
    }

    private static Condition after(String cursor) {
        Position position = Position.read(cursor);
        return Condition.of(
                "rank <= ? and (rank < ? or case_id > ?)", position.rank(), position.rank(), position.caseId());
    }

    private static List<Case> cases(DSLContext context, Condition condition, String order) {
        List<Case> cases = new ArrayList<>();
        Rows.forEach(
                context,
                SELECT + condition.sql() + order,
                condition.values(),
                row -> cases.add(CaseRow.of(row).toCase()));
        return cases;
    }

    private static Position position(DSLContext context, Case last) {
        return context.resultQuery("select rank from cases where case_id = ?", last.caseId())
                .fetchSingle(row -> new Position(row.get("rank", Long.class), last.caseId()));
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
        Condition condition = where(query);
        Rows.forEach(context, SELECT + condition.sql() + RANKED, condition.values(), reader);
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

    private static Condition where(CaseQuery query) {
        return shown(query)
                .and(query.atLeast(), lowest -> Condition.oneOf("severity", wordsFrom(lowest)))
                .and(
                        query.runId(),
                        runId -> Condition.of(
                                "exists (select 1 from run_cases as seen where seen.run_id = ? and seen.case_id = cases.case_id)",
                                runId));
    }

    /** Suppressed cases are only for who asks for them. */
    private static Condition shown(CaseQuery query) {
        CaseStatus status = query.status();
        if (query.audit()) {
            return Condition.of("audit = 1").and(status, CaseRepository::is);
        }
        return status == null ? Condition.of("status <> 'suppressed'") : is(status);
    }

    private static Condition is(CaseStatus status) {
        return Condition.equal("status", status.word());
    }

    private static List<String> wordsFrom(Severity lowest) {
        return Stream.of(Severity.values())
                .filter(severity -> severity.compareTo(lowest) >= 0)
                .map(severity -> severity.name().toLowerCase(Locale.ROOT))
                .toList();
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

    private static String text(Record row, String column) {
        return row.get(column, String.class);
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
