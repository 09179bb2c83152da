package io.opsiq.api;

import io.opsiq.evaluation.Evaluation;
import io.opsiq.learning.Feedback;
import io.opsiq.learning.FeedbackGiven;
import io.opsiq.learning.FeedbackOutcome;
import io.opsiq.learning.LimitProposal;
import io.opsiq.learning.Memory;
import io.opsiq.learning.MemoryEntry;
import io.opsiq.learning.MemoryImprovement;
import io.opsiq.learning.Verdicts;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Verdicts, and what they taught. */
@RestController
final class FeedbackController {

    private static final int MOST = 10_000;

    private final Verdicts verdicts;
    private final Memory memory;

    FeedbackController(Verdicts verdicts, Memory memory) {
        this.verdicts = verdicts;
        this.memory = memory;
    }

    record Taken(
            String status,
            Feedback feedback,
            List<MemoryEntry> memoryUpdates,
            List<LimitProposal> proposals,
            @Nullable Evaluation evalScore) {}

    @PostMapping("/feedback")
    Taken give(
            @RequestBody Fields body, @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
        FeedbackGiven given = new FeedbackGiven(
                body.text("target_type", BodyLimitFilter.LARGEST_BODY),
                body.text("target_id", BodyLimitFilter.LARGEST_BODY),
                body.text("feedback_type", BodyLimitFilter.LARGEST_BODY),
                body.textOrNull("comment", BodyLimitFilter.LARGEST_BODY),
                body.textOrNull("reviewer", BodyLimitFilter.LARGEST_BODY),
                Parameters.idempotencyKey(key));
        body.check();
        return switch (verdicts.give(given)) {
            case FeedbackOutcome.Accepted taken -> taken(taken);
            case FeedbackOutcome.UnknownTarget(String message) -> throw Refusal.unknown(message);
            case FeedbackOutcome.DoesNotFit(String field, String message) -> throw Refusal.field(field, message);
        };
    }

    private static Taken taken(FeedbackOutcome.Accepted taken) {
        return new Taken("ok", taken.feedback(), taken.memoryUpdates(), taken.proposals(), taken.evalScore());
    }

    record FeedbackList(List<Feedback> feedback, long count) {}

    @GetMapping("/feedback")
    FeedbackList list(@RequestParam(name = "limit", required = false) @Nullable String limit) {
        return new FeedbackList(verdicts.newest(Parameters.limit(limit, MOST, MOST)), total(verdicts.counts()));
    }

    @GetMapping("/feedback/counts")
    Map<String, Long> counts() {
        return verdicts.counts();
    }

    @PostMapping("/feedback/{id}/withdraw")
    Taken withdraw(@PathVariable("id") String id) {
        return verdicts.withdraw(id)
                .map(FeedbackController::taken)
                .orElseThrow(() -> Refusal.unknown("There is no feedback '" + id + "' in force."));
    }

    @GetMapping("/feedback/improvement")
    MemoryImprovement improvement() {
        return memory.improvement();
    }

    private static long total(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
