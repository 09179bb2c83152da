package io.opsiq.web;

import io.opsiq.investigation.RunResult;
import java.util.List;

/**
 * Why a run decided as it did.
 *
 * @param decision what was decided
 * @param by {@code rules} or {@code model}
 */
public record Reasoning(String decision, String by, String text) {

    static List<Reasoning> of(RunResult result) {
        return result.reasoningTrace().entrySet().stream()
                .map(entry -> new Reasoning(entry.getKey(), "rules", entry.getValue()))
                .toList();
    }
}
