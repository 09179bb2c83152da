package io.opsiq.analyst;

import io.opsiq.json.Json;
import java.time.Instant;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Reads and writes the table {@code answers}. */
final class AnswerRepository {

    /**
     * An answer with what it was made of.
     *
     * @param plan null where the question was not understood
     */
    record Stored(
            Answer answer,
            @Nullable String context,
            @Nullable QueryPlan plan) {}

    void add(DSLContext context, Stored stored, Instant now) {
        QueryPlan plan = stored.plan();
        context.execute(
                "insert into answers (answer_id, question, context, plan, document, created_at) values (?, ?, ?, ?, ?, ?)",
                stored.answer().answerId(),
                stored.answer().question(),
                stored.context(),
                plan == null ? null : Json.text(plan),
                Json.text(stored.answer()),
                now.toString());
    }

    Optional<Stored> find(DSLContext context, String answerId) {
        return context.resultQuery("select document, context, plan from answers where answer_id = ?", answerId)
                .fetchOptional(row -> {
                    @Nullable String plan = row.get("plan", String.class);
                    return new Stored(
                            Json.read(row.get("document", String.class), Answer.class),
                            row.get("context", String.class),
                            plan == null ? null : Json.read(plan, QueryPlan.class));
                });
    }
}
