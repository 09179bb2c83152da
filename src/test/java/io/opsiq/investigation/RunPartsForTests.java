package io.opsiq.investigation;

import io.opsiq.actions.Actions;
import io.opsiq.cases.Cases;
import io.opsiq.detectors.Pack;
import io.opsiq.evaluation.Evaluations;
import io.opsiq.learning.Memory;
import io.opsiq.problems.SystemicProblems;
import io.opsiq.reasoning.Reasoning;
import io.opsiq.reasoning.ReasoningSettings;
import io.opsiq.signals.PostedSignals;
import io.opsiq.state.State;
import java.time.Clock;
import java.util.Optional;

/** The real parts of a run, on a test's own state. */
public final class RunPartsForTests {

    private RunPartsForTests() {}

    public static RunParts of(State state, Cases cases, Clock clock) {
        return new RunParts(
                Pack::shipped,
                cases,
                new SystemicProblems(state, clock),
                new Actions(state, cases, clock),
                new Evaluations(state, cases, clock),
                new Memory(state, cases, Pack::shipped, clock),
                new PostedSignals(state, clock),
                new Reasoning(ReasoningSettings.of(name -> Optional.empty()), () -> state, clock));
    }
}
