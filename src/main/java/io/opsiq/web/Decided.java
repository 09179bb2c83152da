package io.opsiq.web;

import io.opsiq.investigation.RunResult;
import java.util.List;

/**
 * Why a run decided as it did.
 *
 * @param decision what was decided
 * @param by {@code rules} or {@code model}
 */
public record Decided(String decision, String by, String text) {

    static List<Decided> of(RunResult result) {
        return result.reasoningTrace().entrySet().stream()
                .map(entry -> new Decided(entry.getKey(), "rules", entry.getValue()))
                .toList();
    }
}
