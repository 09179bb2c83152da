package io.opsiq.api;

import io.opsiq.evaluation.Evaluation;
import io.opsiq.json.Json;
import io.opsiq.learning.Feedback;
import io.opsiq.learning.FeedbackGiven;
import io.opsiq.learning.FeedbackOutcome;
import io.opsiq.learning.LimitProposal;
import io.opsiq.learning.MemoryEntry;
import io.opsiq.learning.Verdicts;
import io.opsiq.problems.SystemicProblem;
import io.opsiq.problems.SystemicProblems;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JsonGenerator;

/** Cases with one cause, and one verdict for all of them. */
@RestController
final class SystemicProblemController {

    private final SystemicProblems problems;
    private final Verdicts verdicts;

    SystemicProblemController(SystemicProblems problems, Verdicts verdicts) {
        this.problems = problems;
        this.verdicts = verdicts;
    }

    /** Written while it is read: a problem may have many thousands of cases. */
    @GetMapping("/problems")
    JsonDocument list() {
        return out -> {
            JsonGenerator json = Json.generator(out);
            long[] count = {0};
            json.writeStartObject();
            json.writeArrayPropertyStart("problems");
            problems.forEach(problem -> {
                json.writePOJO(problem);
                count[0]++;
            });
            json.writeEndArray();
            json.writeNumberProperty("count", count[0]);
            json.writeEndObject();
            json.flush();
        };
    }

    @GetMapping("/problems/{id}")
    SystemicProblem one(@PathVariable("id") String id) {
        return problems.find(id).orElseThrow(() -> unknown(id));
    }

    /** @param feedback the last of those that the cases got */
    record Answered(
            String status,
            SystemicProblem problem,
            Feedback feedback,
            List<MemoryEntry> memoryUpdates,
            List<LimitProposal> proposals,
            @Nullable Evaluation evalScore) {}

    @PostMapping("/problems/{id}/feedback")
    Answered answer(
            @PathVariable("id") String id,
            @RequestBody Fields body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
        FeedbackGiven given = FeedbackGiven.onCase(
                        id,
                        body.text("feedback_type", BodyLimitFilter.LARGEST_BODY),
                        body.textOrNull("comment", BodyLimitFilter.LARGEST_BODY),
                        body.textOrNull("reviewer", BodyLimitFilter.LARGEST_BODY))
                .under(Parameters.idempotencyKey(key));
        body.check();
        return switch (problems.answer(id, given, verdicts)) {
            case FeedbackOutcome.Accepted taken ->
                new Answered(
                        "ok",
                        problems.find(id).orElseThrow(() -> unknown(id)),
                        taken.feedback(),
                        taken.memoryUpdates(),
                        taken.proposals(),
                        taken.evalScore());
            case FeedbackOutcome.UnknownTarget(String message) -> throw Refusal.unknown(message);
            case FeedbackOutcome.DoesNotFit(String field, String message) -> throw Refusal.field(field, message);
        };
    }

    private static Refusal unknown(String id) {
        return Refusal.unknown("There is no problem '" + id + "'. Maybe look among GET /problems.");
    }
}
