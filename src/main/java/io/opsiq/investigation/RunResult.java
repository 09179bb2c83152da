package io.opsiq.investigation;

import io.opsiq.cases.ImpactSummary;
import io.opsiq.signals.Signal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a completed run has to say, but for its cases, which may be many and are read from the state.
 *
 * @param signal what it answered; null for books without signals
 * @param clock "now" as it was judged
 * @param skipped detectors that could not run, and why
 * @param setAside rows that were set aside, by table
 * @param remarks what the source had to say
 * @param strategy in which order the detectors ran, and why
 * @param reasoning what each decision rests on, in words
 * @param previousRunId the run before it on the same books; null for the first
 */
public record RunResult(
        String runId,
        @Nullable Signal signal,
        ImpactSummary summary,
        RunTrace trace,
        @Nullable Instant clock,
        List<Skip> skipped,
        Map<String, Long> setAside,
        List<String> remarks,
        @Nullable Strategy strategy,
        List<Reasoned> reasoning,
        @Nullable String previousRunId) {

    /** Results that earlier versions stored lack what later ones added. */
    public RunResult {
        reasoning = reasoning == null ? List.of() : reasoning;
    }

    /** The same result with these decisions put into words instead of what was there. */
    RunResult worded(List<Reasoned> words) {
        return new RunResult(
                runId, signal, summary, trace, clock, skipped, setAside, remarks, strategy, words, previousRunId);
    }

    /** A detector that could not run. */
    public record Skip(String detector, String reason) {}
}
