package io.opsiq.learning;

import io.opsiq.json.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Reads and writes the tables {@code memory} (a change is a new row) and {@code model_proposals}. */
final class MemoryRepository {

    void put(
            DSLContext context,
            String key,
            Object value,
            String reason,
            String source,
            @Nullable String feedbackId,
            Instant now) {
        context.execute(
                "insert into memory (memory_key, value, reason, source, feedback_id, created_at) values (?, ?, ?, ?, ?, ?)",
                key,
                Json.text(value),
                reason,
                source,
                feedbackId,
                now.toString());
    }

    Optional<MemoryEntry> current(DSLContext context, String key) {
        return context.resultQuery("select * from memory where memory_key = ? order by version desc limit 1", key)
                .fetchOptional(MemoryRepository::toEntry);
    }

    /** The entry in force of every key that ever changed, by key. */
    List<MemoryEntry> current(DSLContext context) {
        return context.resultQuery("""
                        select * from memory where version in (select max(version) from memory group by memory_key)
                        order by memory_key
                        """).fetch(MemoryRepository::toEntry);
    }

    long lastVersion(DSLContext context) {
        @Nullable
        Long version = context.resultQuery("select coalesce(max(version), 0) from memory")
                .fetchOne(0, Long.class);
        return version == null ? 0 : version;
    }

    /** What was moved after this version. */
    List<MemoryEntry> since(DSLContext context, long version) {
        return context.resultQuery("select * from memory where version > ? order by version", version)
                .fetch(MemoryRepository::toEntry);
    }

    /** What one piece of feedback moved. */
    List<MemoryEntry> movedBy(DSLContext context, String feedbackId) {
        return context.resultQuery("select * from memory where feedback_id = ? order by version", feedbackId)
                .fetch(MemoryRepository::toEntry);
    }

    private static MemoryEntry toEntry(Record row) {
        return new MemoryEntry(
                "MEM-" + row.get("version", Long.class),
                row.get("memory_key", String.class),
                Json.read(row.get("value", String.class), Object.class),
                row.get("reason", String.class),
                row.get("source", String.class),
                Instant.parse(row.get("created_at", String.class)));
    }

    void propose(DSLContext context, String feedbackId, String key, BigDecimal proposed, String reason, Instant now) {
        context.execute(
                "insert into model_proposals (feedback_id, memory_key, proposed, reason, created_at) values (?, ?, ?, ?, ?)",
                feedbackId,
                key,
                proposed.toPlainString(),
                reason,
                now.toString());
    }

    /** What a model proposed after one piece of feedback. */
    record Proposed(String key, BigDecimal value, String reason) {}

    Optional<Proposed> proposedAfter(DSLContext context, String feedbackId) {
        return context.resultQuery(
                        "select * from model_proposals where feedback_id = ? order by position desc limit 1",
                        feedbackId)
                .fetchOptional(row -> new Proposed(
                        row.get("memory_key", String.class),
                        new BigDecimal(row.get("proposed", String.class)),
                        row.get("reason", String.class)));
    }
}
