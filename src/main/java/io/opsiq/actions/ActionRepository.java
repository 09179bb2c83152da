package io.opsiq.actions;

import io.opsiq.actions.Action.Event;
import io.opsiq.actions.ActionPolicy.Proposal;
import io.opsiq.books.Money;
import io.opsiq.cases.Case;
import io.opsiq.detectors.Detector.Severity;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Reads and writes the tables {@code actions} and {@code action_events}. */
final class ActionRepository {

    private static final String OPEN = "status in ('proposed', 'pending_approval', 'approved')";
    private static final int AMOUNT_DIGITS = 4;

    private final SecureRandom random = new SecureRandom();

    String add(DSLContext context, String runId, Proposal proposal, Instant now) {
        String actionId = newId();
        @Nullable Case about = proposal.about();
        context.execute(
                """
                insert into actions (
                    action_id, action_type, run_id, case_id, title, description, severity, estimated_impact, currency, reason,
                    status, created_at, updated_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                actionId,
                word(proposal.type()),
                runId,
                about == null ? null : about.caseId(),
                proposal.title(),
                proposal.description(),
                word(proposal.severity()),
                about == null
                        ? null
                        : about.estimatedImpact().movePointRight(AMOUNT_DIGITS).longValueExact(),
                about == null ? null : about.currency(),
                proposal.reason(),
                proposal.status().word(),
                now.toString(),
                now.toString());
        return actionId;
    }

    private String newId() {
        byte[] bytes = new byte[5];
        random.nextBytes(bytes);
        return "ACT-" + HexFormat.of().formatHex(bytes);
    }

    void append(DSLContext context, String actionId, ActionStatus status, String actor, String detail, Instant now) {
        context.execute(
                "insert into action_events (action_id, status, actor, detail, created_at) values (?, ?, ?, ?, ?)",
                actionId,
                status.word(),
                actor,
                detail,
                now.toString());
    }

    void move(DSLContext context, String actionId, ActionStatus to, String actor, String detail, Instant now) {
        context.execute(
                "update actions set status = ?, updated_at = ? where action_id = ?",
                to.word(),
                now.toString(),
                actionId);
        append(context, actionId, to, actor, detail, now);
    }

    boolean isKnown(DSLContext context, String caseId) {
        return context.resultQuery("select 1 from actions where case_id = ? limit 1", caseId)
                .fetchOptional()
                .isPresent();
    }

    List<String> casesWithOpenActions(DSLContext context) {
        return context.resultQuery("select distinct case_id from actions where case_id is not null and " + OPEN)
                .fetch(0, String.class);
    }

    Optional<Action> find(DSLContext context, String actionId) {
        return context.resultQuery("select * from actions where action_id = ?", actionId)
                .fetchOptional(row -> toAction(context, row));
    }

    List<Action> open(DSLContext context, String caseId) {
        return list(context, "where case_id = ? and " + OPEN + " order by position", caseId);
    }

    List<String> casesWithActionsDeclinedByOpsiq(DSLContext context) {
        return context.resultQuery("""
                        select distinct case_id
                        from actions
                        where case_id is not null and status = 'declined'
                            and (select actor from action_events as e where e.action_id = actions.action_id order by event_id desc limit 1) = ?
                        """, Actions.OPSIQ).fetch(0, String.class);
    }

    List<Action> declinedByOpsiq(DSLContext context, String caseId) {
        return list(context, """
                where case_id = ? and status = 'declined'
                    and (select actor from action_events as e where e.action_id = actions.action_id order by event_id desc limit 1) = ?
                order by position
                """, caseId, Actions.OPSIQ);
    }

    List<Action> ofCase(DSLContext context, String caseId) {
        return list(context, "where case_id = ? order by position", caseId);
    }

    List<Action> ofRun(DSLContext context, String runId) {
        return list(context, """
                where run_id = ?
                    or (status in ('proposed', 'pending_approval') and case_id in (select case_id from run_cases where run_id = ?))
                order by position
                """, runId, runId);
    }

    List<Action> newest(DSLContext context, @Nullable ActionStatus status, int most) {
        return status == null
                ? list(context, "order by position desc limit ?", most)
                : list(context, "where status = ? order by position desc limit ?", status.word(), most);
    }

    long count(DSLContext context, @Nullable ActionStatus status) {
        @Nullable
        Long count = context.resultQuery(
                        "select count(*) from actions where status = coalesce(?, status)",
                        status == null ? null : status.word())
                .fetchOne(0, Long.class);
        return count == null ? 0 : count;
    }

    private static List<Action> list(DSLContext context, String rest, Object... values) {
        return context.resultQuery("select * from actions " + rest, values).fetch(row -> toAction(context, row));
    }

    private static Action toAction(DSLContext context, Record row) {
        @Nullable Long units = row.get("estimated_impact", Long.class);
        @Nullable String currency = row.get("currency", String.class);
        return new Action(
                text(row, "action_id"),
                ActionType.valueOf(text(row, "action_type").toUpperCase(Locale.ROOT)),
                text(row, "run_id"),
                row.get("case_id", String.class),
                text(row, "title"),
                text(row, "description"),
                Severity.valueOf(text(row, "severity").toUpperCase(Locale.ROOT)),
                units == null || currency == null
                        ? null
                        : Money.rounded(BigDecimal.valueOf(units, AMOUNT_DIGITS), currency),
                currency,
                text(row, "reason"),
                status(row),
                Instant.parse(text(row, "created_at")),
                Instant.parse(text(row, "updated_at")),
                events(context, text(row, "action_id")));
    }

    private static List<Event> events(DSLContext context, String actionId) {
        return context.resultQuery(
                        "select status, actor, detail, created_at from action_events where action_id = ? order by event_id",
                        actionId)
                .fetch(row -> new Event(
                        status(row), text(row, "actor"), text(row, "detail"), Instant.parse(text(row, "created_at"))));
    }

    private static ActionStatus status(Record row) {
        return ActionStatus.valueOf(text(row, "status").toUpperCase(Locale.ROOT));
    }

    private static String text(Record row, String column) {
        return row.get(column, String.class);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
