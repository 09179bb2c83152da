package io.opsiq.evaluation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;

/** Reads and writes the table {@code evaluations}. */
final class EvaluationRepository {

    void add(DSLContext context, Evaluation evaluation) {
        context.execute(
                """
                insert into evaluations (
                    run_id, actionability, correctness, specificity, calibration_note, total_cases, false_positive_count,
                    created_at)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                evaluation.runId(),
                evaluation.actionability(),
                evaluation.correctness(),
                evaluation.specificity(),
                evaluation.calibrationNote(),
                evaluation.totalCases(),
                evaluation.falsePositiveCount(),
                evaluation.timestamp().toString());
    }

    /** The run whose first evaluation came last. */
    Optional<String> newestRun(DSLContext context) {
        return context.resultQuery("select run_id from evaluations group by run_id order by min(position) desc limit 1")
                .fetchOptional("run_id", String.class);
    }

    Optional<Evaluation> latest(DSLContext context) {
        return newest(context, 1).stream().findFirst();
    }

    Optional<Evaluation> latestOf(DSLContext context, String runId) {
        return context.resultQuery("select * from evaluations where run_id = ? order by position desc limit 1", runId)
                .fetchOptional(EvaluationRepository::toEvaluation);
    }

    /** The last evaluation of each run, the newest run first. */
    List<Evaluation> lastOfEach(DSLContext context, int most) {
        return context.resultQuery("""
                        select * from evaluations
                        where position in (select max(position) from evaluations group by run_id)
                        order by (select min(e.position) from evaluations as e where e.run_id = evaluations.run_id) desc
                        limit ?
                        """, most).fetch(EvaluationRepository::toEvaluation);
    }

    List<Evaluation> newest(DSLContext context, int most) {
        return context.resultQuery("select * from evaluations order by position desc limit ?", most)
                .fetch(EvaluationRepository::toEvaluation);
    }

    private static Evaluation toEvaluation(Record row) {
        return new Evaluation(
                row.get("run_id", String.class),
                row.get("actionability", Integer.class),
                row.get("correctness", Integer.class),
                row.get("specificity", Integer.class),
                row.get("calibration_note", String.class),
                row.get("total_cases", Long.class),
                row.get("false_positive_count", Long.class),
                Instant.parse(row.get("created_at", String.class)));
    }
}
