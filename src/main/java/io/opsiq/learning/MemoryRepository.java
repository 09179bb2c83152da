package io.opsiq.learning;

import io.opsiq.json.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** Reads and writes the tables {@code memory} (a change is a new row) and {@code model_proposals}. */
final class MemoryRepository {

    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
    private static final TypeReference<Map<String, String>> CONDITIONS = new TypeReference<>() {};

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

    /** A change with all that it rests on. */
    void put(DSLContext context, Change change, Instant now) {
        context.execute(
                """
                insert into memory (
                    memory_key, value, reason, source, created_at, from_value, scope, author, proposal_id, money, expires_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                change.key(),
                Json.text(change.to()),
                change.reason(),
                change.source(),
                now.toString(),
                Json.text(change.from()),
                Json.text(change.scope()),
                change.author(),
                change.proposalId(),
                change.money(),
                change.expiresAt() == null ? null : change.expiresAt().toString());
    }

    /** @param money what it hides, in ten-thousandths of the base currency */
    record Change(
            String key,
            Map<String, String> scope,
            Object from,
            Object to,
            String reason,
            String source,
            String author,
            @Nullable String proposalId,
            long money,
            @Nullable Instant expiresAt) {

        /** Of a limit, which holds everywhere, hides nothing by itself and does not expire. */
        static Change ofLimit(
                String key,
                Object from,
                Object to,
                String reason,
                String source,
                String author,
                @Nullable String proposalId) {
            return new Change(key, Map.of(), from, to, reason, source, author, proposalId, 0, null);
        }
    }

    /** All changes, the newest first. */
    List<Version> history(DSLContext context, int most) {
        return context.resultQuery(HISTORY + " order by m.version desc limit ?", most)
                .fetch(MemoryRepository::toVersion);
    }

    Optional<Version> version(DSLContext context, long version) {
        return context.resultQuery(HISTORY + " where m.version = ?", version)
                .fetchOptional(MemoryRepository::toVersion);
    }

    /** The changes in force of keys that begin so. */
    List<Version> inForce(DSLContext context, String prefix) {
        return context.resultQuery(
                        HISTORY
                                + " where substr(m.memory_key, 1, ?) = ? and m.version in (select max(version) from memory group by memory_key) order by m.version",
                        prefix.length(),
                        prefix)
                .fetch(MemoryRepository::toVersion);
    }

    /** Money that changes hid by themselves since then and still do. */
    long hiddenByThemselvesSince(DSLContext context, Instant since) {
        @Nullable Long money = context.resultQuery("""
                        select coalesce(sum(money), 0) from memory
                        where author = 'rules' and created_at >= ? and memory_key in (
                            select memory_key from memory
                            where version in (select max(version) from memory group by memory_key) and value <> '"off"')
                        """, since.toString()).fetchOne(0, Long.class);
        return money == null ? 0 : money;
    }

    private static final String HISTORY = """
            select
                m.version, m.memory_key, m.value, m.reason, m.source, m.feedback_id, m.created_at, m.scope, m.author, m.proposal_id,
                m.expires_at, p.feedback_ids,
                coalesce(m.from_value, (
                    select b.value from memory as b where b.memory_key = m.memory_key and b.version < m.version
                    order by b.version desc limit 1)) as from_value,
                not exists (
                    select 1 from memory as l where l.memory_key = m.memory_key and l.version > m.version) as is_last
            from memory as m left join proposals as p on p.proposal_id = m.proposal_id""";

    private static Version toVersion(Record row) {
        @Nullable String scope = row.get("scope", String.class);
        @Nullable String from = row.get("from_value", String.class);
        @Nullable String feedback = row.get("feedback_ids", String.class);
        @Nullable String verdict = row.get("feedback_id", String.class);
        @Nullable String author = row.get("author", String.class);
        @Nullable String expires = row.get("expires_at", String.class);
        return new Version(
                "MEM-" + row.get("version", Long.class),
                row.get("memory_key", String.class),
                scope == null ? Map.of() : Json.read(scope, CONDITIONS),
                from == null ? null : Json.read(from, Object.class),
                Json.read(row.get("value", String.class), Object.class),
                row.get("reason", String.class),
                row.get("source", String.class),
                author == null ? "rules" : author,
                feedback != null ? Json.read(feedback, TEXTS) : verdict == null ? List.of() : List.of(verdict),
                row.get("proposal_id", String.class),
                expires == null ? null : Instant.parse(expires),
                Instant.parse(row.get("created_at", String.class)),
                row.get("is_last", Long.class) == 1);
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

    /** What a model proposed. */
    record Proposed(BigDecimal value, String reason) {}

    /** The last that a model proposed for the key after a verdict that is in force and called a case of this type false. */
    Optional<Proposed> proposedLast(DSLContext context, String key, String anomalyType) {
        return context.resultQuery("""
                        select p.proposed, p.reason
                        from model_proposals as p
                        join feedback as f using (feedback_id)
                        where p.memory_key = ? and f.in_force = 1 and f.anomaly_type = ? and f.feedback_type = 'false_positive'
                        order by f.position desc, p.position desc
                        limit 1
                        """, key, anomalyType)
                .fetchOptional(row -> new Proposed(
                        new BigDecimal(row.get("proposed", String.class)), row.get("reason", String.class)));
    }
}
