package io.opsiq.learning;

import io.opsiq.cases.Cases;
import io.opsiq.investigation.RunParts;
import io.opsiq.state.State;
import java.time.Clock;
import java.util.Map;

/** Verdicts on a test's own state. */
public final class VerdictsForTests {

    private VerdictsForTests() {}

    public static Verdicts of(State state, Cases cases, RunParts parts, Clock clock) {
        return new Verdicts(
                state,
                cases,
                parts.actions(),
                parts.memory(),
                parts.evaluations(),
                answer -> false,
                new Teacher(parts.reasoning(), parts.memory()),
                clock);
    }

    /** What is known before anybody has judged. */
    public static Lessons nothingLearned() {
        return Lessons.of(Map.of());
    }
}
