package io.opsiq.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The language model, where there is one. */
@RestController
final class ReasoningController {

    record Status(
            boolean available,
            String provider,
            @Nullable String model,
            long callCount,
            @Nullable Instant lastUsed) {}

    @GetMapping("/llm/status")
    Status status() {
        return new Status(false, "none", null, 0, null);
    }

    record Log(List<Map<String, Object>> reasoningLog, int count) {}

    @GetMapping("/llm/reasoning")
    Log log() {
        return new Log(List.of(), 0);
    }
}
