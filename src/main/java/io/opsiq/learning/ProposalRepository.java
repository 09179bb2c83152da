package io.opsiq.learning;

import io.opsiq.evaluation.Replay;
import io.opsiq.json.Json;
import io.opsiq.learning.Proposal.Status;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** Reads and writes the table {@code proposals}: one row a value that verdicts would move, as it stands. */
final class ProposalRepository {

    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
    private static final TypeReference<Map<String, String>> CONDITIONS = new TypeReference<>() {};

    void put(DSLContext context, Proposal proposal) {
        context.execute(
                """
                insert into proposals (
                    proposal_id, memory_key, scope, from_value, to_value, status, reason, proposed_by, feedback_ids, replay,
                    waits_for, created_at, updated_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (memory_key, proposed_by) do update set
                    from_value = excluded.from_value,
                    to_value = excluded.to_value,
                    status = excluded.status,
                    reason = excluded.reason,
                    feedback_ids = excluded.feedback_ids,
                    replay = excluded.replay,
                    waits_for = excluded.waits_for,
                    updated_at = excluded.updated_at
                """,
                proposal.proposalId(),
                proposal.key(),
                Json.text(proposal.scope()),
                Json.text(proposal.from()),
                Json.text(proposal.to()),
                proposal.status().word(),
                proposal.reason(),
                proposal.proposedBy(),
                Json.text(proposal.feedbackIds()),
                proposal.replay() == null ? "null" : Json.text(proposal.replay()),
                proposal.waitsFor(),
                proposal.createdAt().toString(),
                proposal.updatedAt().toString());
    }

    void stand(DSLContext context, String proposalId, Status status, @Nullable String waitsFor, Instant now) {
        context.execute(
                "update proposals set status = ?, waits_for = ?, updated_at = ? where proposal_id = ?",
                status.word(),
                waitsFor,
                now.toString(),
                proposalId);
    }

    Optional<Proposal> find(DSLContext context, String proposalId) {
        return context.resultQuery("select * from proposals where proposal_id = ?", proposalId)
                .fetchOptional(ProposalRepository::toProposal);
    }

    Optional<Proposal> ofKey(DSLContext context, String key) {
        return context.resultQuery("select * from proposals where memory_key = ? and proposed_by = 'rules'", key)
                .fetchOptional(ProposalRepository::toProposal);
    }

    /** The newest first. */
    List<Proposal> all(DSLContext context) {
        return context.resultQuery("select * from proposals order by updated_at desc, position desc")
                .fetch(ProposalRepository::toProposal);
    }

    private static Proposal toProposal(Record row) {
        return new Proposal(
                row.get("proposal_id", String.class),
                row.get("memory_key", String.class),
                Json.read(row.get("scope", String.class), CONDITIONS),
                Json.read(row.get("from_value", String.class), Object.class),
                Json.read(row.get("to_value", String.class), Object.class),
                Status.valueOf(row.get("status", String.class).toUpperCase(Locale.ROOT)),
                row.get("reason", String.class),
                row.get("proposed_by", String.class),
                Json.read(row.get("feedback_ids", String.class), TEXTS),
                row.get("replay", String.class).equals("null")
                        ? null
                        : Json.read(row.get("replay", String.class), Replay.class),
                row.get("waits_for", String.class),
                Instant.parse(row.get("created_at", String.class)),
                Instant.parse(row.get("updated_at", String.class)));
    }
}
