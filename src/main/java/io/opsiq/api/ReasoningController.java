package io.opsiq.api;

import io.opsiq.OpsIQ;
import io.opsiq.reasoning.LlmStatus;
import io.opsiq.reasoning.Reasoning;
import io.opsiq.reasoning.ReasoningEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The language model, where there is one. */
@RestController
final class ReasoningController {

    private static final int LISTED = 500;
    private static final int MOST_LISTED = 10_000;

    private final Reasoning reasoning;

    ReasoningController(OpsIQ opsiq) {
        this.reasoning = opsiq.reasoning();
    }

    @GetMapping("/llm/status")
    LlmStatus status() {
        return reasoning.status();
    }

    record Log(List<ReasoningEntry> reasoningLog, int count) {}

    @GetMapping("/llm/reasoning")
    Log log(@RequestParam(name = "limit", required = false) @Nullable String limit) {
        List<ReasoningEntry> newest = reasoning.log(Parameters.limit(limit, LISTED, MOST_LISTED));
        return new Log(newest, newest.size());
    }
}
