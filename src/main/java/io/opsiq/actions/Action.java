package io.opsiq.actions;

import io.opsiq.detectors.Detector.Severity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something to be done about what a run found. OpsIQ proposes and keeps track; it does not move money or send messages.
 *
 * @param runId the run that proposed it
 * @param caseId null for what is about the whole run
 * @param estimatedImpact the money at stake when it was proposed, in {@code currency}; null for what is about the whole run
 * @param reason why it was proposed
 * @param auditTrail what really happened, oldest first
 */
public record Action(
        String actionId,
        ActionType actionType,
        String runId,
        @Nullable String caseId,
        String title,
        String description,
        Severity severity,
        @Nullable BigDecimal estimatedImpact,
        @Nullable String currency,
        String reason,
        ActionStatus status,
        Instant createdAt,
        Instant updatedAt,
        List<Event> auditTrail) {

    /** One thing that happened: the status it led to, who did it, and what was said. */
    public record Event(ActionStatus status, String actor, String detail, Instant at) {}
}
