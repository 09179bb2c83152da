package io.opsiq.reasoning;

import io.opsiq.reasoning.Decision.Speaker;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Reads and writes the table {@code reasoning_log}. */
final class ReasoningRepository {

    private static final int KEPT = 10_000;

    /** A row to be. */
    record NewEntry(
            @Nullable String runId,
            String purpose,
            String provider,
            String model,
            String prompt,
            String answer,
            Reply reply,
            long latencyMs,
            String outcome,
            Speaker used,
            Instant createdAt) {}

    void add(DSLContext context, List<NewEntry> entries) {
        entries.forEach(entry -> context.execute(
                """
                insert into reasoning_log (
                    run_id, purpose, provider, model, prompt, answer, tokens_in, tokens_out, latency_ms, outcome, used, created_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                entry.runId(),
                entry.purpose(),
                entry.provider(),
                entry.model(),
                entry.prompt(),
                entry.answer(),
                entry.reply().tokensIn(),
                entry.reply().tokensOut(),
                entry.latencyMs(),
                entry.outcome(),
                entry.used().word(),
                entry.createdAt().toString()));
        context.execute("delete from reasoning_log where log_id <= (select max(log_id) from reasoning_log) - ?", KEPT);
    }

    List<ReasoningEntry> newest(DSLContext context, int limit) {
        return context.resultQuery("select * from reasoning_log order by log_id desc limit ?", limit)
                .fetch(ReasoningRepository::toEntry);
    }

    /** The number of calls ever made, kept or not: ids are given in order. */
    long count(DSLContext context) {
        Record row = context.fetchSingle("select coalesce(max(log_id), 0) as calls from reasoning_log");
        return Objects.requireNonNull(row.get("calls", Long.class));
    }

    private static ReasoningEntry toEntry(Record row) {
        String purpose = text(row, "purpose");
        return new ReasoningEntry(
                row.get("log_id", Long.class),
                row.get("run_id", String.class),
                purpose,
                text(row, "provider"),
                text(row, "model"),
                text(row, "prompt"),
                text(row, "answer"),
                row.get("tokens_in", Integer.class),
                row.get("tokens_out", Integer.class),
                row.get("latency_ms", Long.class),
                text(row, "outcome"),
                Speaker.valueOf(text(row, "used").toUpperCase(Locale.ROOT)),
                Instant.parse(text(row, "created_at")),
                attributes(row));
    }

    private static Map<String, Object> attributes(Record row) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("gen_ai.operation.name", "chat");
        attributes.put("gen_ai.provider.name", text(row, "provider"));
        attributes.put("gen_ai.request.model", text(row, "model"));
        attributes.put("gen_ai.output.type", "json");
        attributes.put("gen_ai.usage.input_tokens", row.get("tokens_in", Integer.class));
        attributes.put("gen_ai.usage.output_tokens", row.get("tokens_out", Integer.class));
        if (!text(row, "outcome").equals("ok")) {
            attributes.put("error.type", text(row, "outcome").replaceFirst(":.*", ""));
        }
        return attributes;
    }

    private static String text(Record row, String column) {
        return Objects.requireNonNull(row.get(column, String.class));
    }
}
