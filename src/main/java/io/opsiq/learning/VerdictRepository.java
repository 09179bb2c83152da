package io.opsiq.learning;

import io.opsiq.evaluation.Answered;
import io.opsiq.evaluation.Fact;
import io.opsiq.evaluation.Judged;
import io.opsiq.evaluation.Judged.Said;
import io.opsiq.json.Json;
import io.opsiq.learning.FeedbackCheck.Fit;
import io.opsiq.learning.FeedbackType.TargetType;
import io.opsiq.learning.Lessons.Verdicts;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Reads and writes the table {@code feedback}. */
final class VerdictRepository {

    private final SecureRandom random = new SecureRandom();

    /** Stores it; it replaces what was said about the same target before. */
    Feedback add(DSLContext context, Fit fit, @Nullable About about, Instant now) {
        String target = word(fit.type().target());
        context.execute(
                "update feedback set in_force = 0 where target_type = ? and target_id = ? and in_force = 1",
                target,
                fit.targetId());
        String feedbackId = newId();
        context.execute(
                """
                insert into feedback (
                    feedback_id, target_type, target_id, feedback_type, comment, reviewer, anomaly_type, run_id, in_force,
                    idempotency_key, created_at, fact, confidence_score, expires_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?)
                """,
                feedbackId,
                target,
                fit.targetId(),
                fit.type().word(),
                fit.comment(),
                fit.reviewer(),
                about == null ? null : about.anomalyType(),
                about == null ? null : about.runId(),
                fit.idempotencyKey(),
                now.toString(),
                about == null ? null : Json.text(about.fact()),
                about == null ? null : about.confidenceScore(),
                fit.type() == FeedbackType.ACCEPTED
                        ? now.plus(Policy.STANDARD.lasts()).toString()
                        : null);
        return find(context, feedbackId).orElseThrow();
    }

    /** Marks these as one verdict on a problem, and the last of them as the one that was asked for under the key. */
    void givenOn(DSLContext context, String problemId, List<Feedback> together, @Nullable String key) {
        together.forEach(each -> context.execute(
                "update feedback set problem_id = ? where feedback_id = ?", problemId, each.feedbackId()));
        context.execute(
                "update feedback set idempotency_key = ? where feedback_id = ?",
                key,
                together.getLast().feedbackId());
    }

    /** What a verdict is about, as it stands now. */
    record About(String anomalyType, String runId, String confidenceScore, Remembered fact) {}

    /** What learning keeps of a case. */
    record Remembered(String title, List<String> traits, long money, boolean audit) {}

    /** The verdicts in force on cases, but for those that teach nothing. */
    List<Judged> judged(DSLContext context, ToDoubleFunction<String> prior) {
        return context.resultQuery("""
                        select feedback_id, target_id, feedback_type, comment, reviewer, anomaly_type, fact, created_at
                        from feedback
                        where in_force = 1 and feedback_type in ('approve', 'false_positive', 'reject')
                        order by position
                        """).fetch(row -> judged(row, prior));
    }

    private static Judged judged(Record row, ToDoubleFunction<String> prior) {
        String type = row.get("anomaly_type", String.class);
        @Nullable String fact = row.get("fact", String.class);
        Remembered kept = fact == null ? new Remembered("", List.of(), 0, false) : Json.read(fact, Remembered.class);
        return new Judged(
                new Fact(
                        row.get("target_id", String.class),
                        kept.title(),
                        type,
                        prior.applyAsDouble(type),
                        kept.traits(),
                        kept.money()),
                row.get("feedback_id", String.class),
                row.get("reviewer", String.class),
                switch (row.get("feedback_type", String.class)) {
                    case "approve" -> Said.TRUE;
                    case "reject" -> Said.NOT_WORTH;
                    default -> Said.FALSE;
                },
                row.get("comment", String.class),
                Instant.parse(row.get("created_at", String.class)));
    }

    /** The verdicts in force that teach, beside the scores that were shown; in their order. */
    List<Answered> answered(DSLContext context) {
        return context.resultQuery("""
                        select run_id, feedback_type, fact, confidence_score, created_at
                        from feedback
                        where in_force = 1 and feedback_type in ('approve', 'false_positive') and confidence_score is not null
                        order by position
                        """).fetch(row -> {
            Remembered fact = Json.read(row.get("fact", String.class), Remembered.class);
            return new Answered(
                    row.get("run_id", String.class),
                    new BigDecimal(row.get("confidence_score", String.class)),
                    row.get("feedback_type", String.class).equals("approve"),
                    fact.money(),
                    fact.audit(),
                    Instant.parse(row.get("created_at", String.class)));
        });
    }

    /** Cases of which the last words of two reviewers differ, the newest first. */
    List<Contradiction> contradictions(DSLContext context) {
        return context.resultQuery("""
                        with last_words as (
                            select target_id, reviewer, feedback_type, position, created_at
                            from feedback as f
                            where target_type = 'case' and withdrawn_at is null and position = (
                                select max(position) from feedback as l
                                where l.target_type = 'case' and l.target_id = f.target_id and l.reviewer = f.reviewer
                                    and l.withdrawn_at is null)
                        )
                        select
                            a.target_id, a.reviewer as one, a.feedback_type as one_said, b.reviewer as other,
                            b.feedback_type as other_said, max(a.created_at, b.created_at) as at
                        from last_words as a
                        join last_words as b on b.target_id = a.target_id and b.position > a.position
                        where (a.feedback_type in ('approve', 'accepted')) <> (b.feedback_type in ('approve', 'accepted'))
                        order by b.position desc
                        limit 1000
                        """)
                .fetch(row -> new Contradiction(
                        row.get("target_id", String.class),
                        row.get("one", String.class),
                        row.get("one_said", String.class),
                        row.get("other", String.class),
                        row.get("other_said", String.class),
                        Instant.parse(row.get("at", String.class))));
    }

    /** Takes acceptances out of force whose time is over; answers with their cases. */
    List<String> endAcceptances(DSLContext context, Instant now) {
        List<String> ended = context.resultQuery(
                        "select target_id from feedback where in_force = 1 and expires_at <= ? order by position",
                        now.toString())
                .fetch(0, String.class);
        context.execute("update feedback set in_force = 0 where in_force = 1 and expires_at <= ?", now.toString());
        return ended;
    }

    private String newId() {
        byte[] bytes = new byte[6];
        random.nextBytes(bytes);
        return "FB-" + HexFormat.of().formatHex(bytes);
    }

    /** Takes it out of force; what was said before it about the same target is in force again. */
    void withdraw(DSLContext context, Feedback feedback, Instant now) {
        context.execute(
                "update feedback set in_force = 0, withdrawn_at = ? where feedback_id = ?",
                now.toString(),
                feedback.feedbackId());
        context.execute("""
                update feedback set in_force = 1
                where position = (
                    select max(position) from feedback where target_type = ? and target_id = ? and withdrawn_at is null)
                """, word(feedback.targetType()), feedback.targetId());
    }

    Optional<Feedback> find(DSLContext context, String feedbackId) {
        return context.resultQuery("select * from feedback where feedback_id = ?", feedbackId)
                .fetchOptional(VerdictRepository::toFeedback);
    }

    Optional<Feedback> byKey(DSLContext context, String key) {
        return context.resultQuery("select * from feedback where idempotency_key = ?", key)
                .fetchOptional(VerdictRepository::toFeedback);
    }

    /** What is in force about this target. */
    Optional<Feedback> inForce(DSLContext context, TargetType type, String targetId) {
        return context.resultQuery(
                        "select * from feedback where target_type = ? and target_id = ? and in_force = 1",
                        word(type),
                        targetId)
                .fetchOptional(VerdictRepository::toFeedback);
    }

    /** All that was ever said about this target, oldest first. */
    List<Feedback> about(DSLContext context, TargetType type, String targetId) {
        return context.resultQuery(
                        "select * from feedback where target_type = ? and target_id = ? order by position",
                        word(type),
                        targetId)
                .fetch(VerdictRepository::toFeedback);
    }

    List<Feedback> newest(DSLContext context, int most) {
        return context.resultQuery("select * from feedback order by position desc limit ?", most)
                .fetch(VerdictRepository::toFeedback);
    }

    /** All that was ever said, by type. */
    Map<String, Long> counts(DSLContext context) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (FeedbackType type : FeedbackType.values()) {
            counts.put(type.word(), 0L);
        }
        context.resultQuery("select feedback_type, count(*) from feedback group by feedback_type")
                .forEach(row -> counts.put(row.get(0, String.class), row.get(1, Long.class)));
        return counts;
    }

    /** The verdicts in force, counted by the type of their cases. */
    Map<String, Verdicts> inForceByType(DSLContext context) {
        Map<String, Verdicts> byType = new LinkedHashMap<>();
        context.resultQuery("""
                        select
                            anomaly_type,
                            sum(feedback_type = 'approve') as approved,
                            sum(feedback_type = 'reject') as rejected,
                            sum(feedback_type = 'false_positive') as false_positive
                        from feedback
                        where in_force = 1 and anomaly_type is not null
                        group by anomaly_type
                        order by anomaly_type
                        """).forEach(row -> byType.put(row.get("anomaly_type", String.class), verdicts(row)));
        return byType;
    }

    private static Verdicts verdicts(Record row) {
        return new Verdicts(
                row.get("approved", Long.class),
                row.get("rejected", Long.class),
                row.get("false_positive", Long.class));
    }

    /** The verdicts of this kind in force on cases of this type, oldest first. */
    List<Feedback> inForce(DSLContext context, String anomalyType, FeedbackType type) {
        return context.resultQuery(
                        "select * from feedback where in_force = 1 and anomaly_type = ? and feedback_type = ? order by position",
                        anomalyType,
                        type.word())
                .fetch(VerdictRepository::toFeedback);
    }

    /** The cases that these pieces of feedback are about. */
    Set<String> cases(DSLContext context, List<String> feedbackIds) {
        return context.resultQuery(
                        "select target_id from feedback where feedback_id in (select value from json_each(?))",
                        Json.text(feedbackIds))
                .fetchSet(0, String.class);
    }

    List<String> falsePositiveCases(DSLContext context) {
        return context.resultQuery(
                        "select target_id from feedback where in_force = 1 and feedback_type = 'false_positive' order by position")
                .fetch(0, String.class);
    }

    long notUseful(DSLContext context) {
        @Nullable
        Long count = context.resultQuery(
                        "select count(*) from feedback where in_force = 1 and feedback_type = 'not_useful'")
                .fetchOne(0, Long.class);
        return count == null ? 0 : count;
    }

    private static Feedback toFeedback(Record row) {
        return new Feedback(
                row.get("feedback_id", String.class),
                TargetType.valueOf(row.get("target_type", String.class).toUpperCase(Locale.ROOT)),
                row.get("target_id", String.class),
                FeedbackType.valueOf(row.get("feedback_type", String.class).toUpperCase(Locale.ROOT)),
                row.get("comment", String.class),
                row.get("reviewer", String.class),
                row.get("anomaly_type", String.class),
                row.get("run_id", String.class),
                row.get("in_force", Integer.class) == 1,
                Instant.parse(row.get("created_at", String.class)));
    }

    private static String word(TargetType type) {
        return type.word();
    }
}
