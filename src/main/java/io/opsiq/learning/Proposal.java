package io.opsiq.learning;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.opsiq.evaluation.Replay;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A change that verdicts speak for, and what became of it.
 *
 * @param key of the value in memory that it would move
 * @param scope where it would hold; empty: everywhere
 * @param from the value in force
 * @param to of a suppression the amount in the base currency up to which cases are hidden
 * @param reason why, and why it was refused if it was
 * @param proposedBy {@code rules}, {@code model} or {@code person}
 * @param feedbackIds the verdicts it rests on
 * @param replay what it would do; null of limits that no run has tried yet
 * @param waitsFor what is missing before it takes effect; null when nothing is
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Proposal(
        String proposalId,
        String key,
        Map<String, String> scope,
        Object from,
        Object to,
        Status status,
        String reason,
        String proposedBy,
        List<String> feedbackIds,
        @Nullable Replay replay,
        @Nullable String waitsFor,
        Instant createdAt,
        Instant updatedAt) {

    /** The same change always has the same id. */
    static String idOf(String key) {
        CRC32 sum = new CRC32();
        sum.update(key.getBytes(StandardCharsets.UTF_8));
        return "PROP-" + HexFormat.of().toHexDigits((int) sum.getValue())
                + HexFormat.of().toHexDigits((short) key.hashCode());
    }

    /** The same, standing otherwise and waiting for nothing. */
    Proposal standing(Status other, Instant now) {
        return new Proposal(
                proposalId, key, scope, from, to, other, reason, proposedBy, feedbackIds, replay, null, createdAt, now);
    }

    /** What became of a proposal. */
    public enum Status {
        /** For a person, or for more verdicts. */
        WAITING,
        /** By the gate. */
        REFUSED,
        /** It took effect by itself. */
        APPLIED,
        /** By a person; it took effect. */
        ACCEPTED,
        /** By a person. */
        DECLINED,
        /** It had taken effect and was taken back by a person. */
        UNDONE,
        /** It had taken effect, expired or no longer passes the gate. */
        LIFTED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether a person said no; then it does not come back by itself. */
        boolean isRefusedByPerson() {
            return this == DECLINED || this == UNDONE;
        }
    }
}
