package io.opsiq.investigation;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a run went.
 *
 * @param triggerSource id of the signal that it answers, or {@code manual}
 * @param toolsCalled ids of the detectors that ran
 * @param actionsCreated actions that it proposed anew
 * @param evalSummary how its cases stood with reviewers when it ended
 */
public record RunTrace(
        String runId,
        Instant timestamp,
        String triggerSource,
        List<Step> steps,
        List<String> toolsCalled,
        long casesGenerated,
        int actionsCreated,
        @Nullable String evalSummary,
        long durationMs) {

    /**
     * One step.
     *
     * @param rows rows that it read or found; null where that means nothing
     */
    public record Step(String name, String detail, @Nullable Long rows, long durationMs) {}
}
