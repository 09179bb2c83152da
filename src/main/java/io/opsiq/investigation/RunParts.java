package io.opsiq.investigation;

import io.opsiq.actions.Actions;
import io.opsiq.cases.Cases;
import io.opsiq.detectors.Pack;
import io.opsiq.evaluation.Evaluations;
import io.opsiq.learning.Memory;
import io.opsiq.problems.SystemicProblems;
import io.opsiq.reasoning.Reasoning;
import io.opsiq.signals.PostedSignals;
import java.util.function.Supplier;

/** What a run works with. */
public record RunParts(
        Supplier<Pack> pack,
        Cases cases,
        SystemicProblems problems,
        Actions actions,
        Evaluations evaluations,
        Memory memory,
        PostedSignals signals,
        Reasoning reasoning) {}
