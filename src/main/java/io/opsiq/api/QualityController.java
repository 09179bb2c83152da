package io.opsiq.api;

import io.opsiq.evaluation.Calibration;
import io.opsiq.evaluation.Evaluation;
import io.opsiq.evaluation.Evaluations;
import io.opsiq.evaluation.FalseAlarms;
import io.opsiq.evaluation.RunQuality;
import io.opsiq.investigation.Investigations;
import io.opsiq.investigation.Run;
import io.opsiq.investigation.RunResult;
import io.opsiq.investigation.RunTrace;
import io.opsiq.learning.Contradiction;
import io.opsiq.learning.Memory;
import io.opsiq.learning.Verdicts;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How runs went and how good they were. */
@RestController
final class QualityController {

    private static final int LISTED = 1_000;
    private static final int MOST_LISTED = 10_000;

    private final Evaluations evaluations;
    private final Verdicts verdicts;
    private final Memory memory;
    private final Investigations investigations;

    QualityController(Evaluations evaluations, Verdicts verdicts, Memory memory, Investigations investigations) {
        this.evaluations = evaluations;
        this.verdicts = verdicts;
        this.memory = memory;
        this.investigations = investigations;
    }

    record LatestEvaluation(@Nullable Evaluation eval) {}

    @GetMapping("/eval/latest")
    LatestEvaluation latestEvaluation() {
        return new LatestEvaluation(evaluations.latest().orElse(null));
    }

    record EvaluationList(List<Evaluation> evals, int count) {}

    @GetMapping("/eval/all")
    EvaluationList evaluations(@RequestParam(name = "limit", required = false) @Nullable String limit) {
        List<Evaluation> newest = evaluations.newest(Parameters.limit(limit, LISTED, MOST_LISTED));
        return new EvaluationList(newest, newest.size());
    }

    record Calibrated(Calibration calibration, List<Contradiction> contradictions, List<FalseAlarms> falseAlarms) {}

    @GetMapping("/eval/calibration")
    Calibrated calibration() {
        return new Calibrated(Calibration.of(verdicts.answered()), verdicts.contradictions(), memory.falseAlarms());
    }

    record QualityHistory(List<RunQuality> history, int count) {}

    @GetMapping("/eval/history")
    QualityHistory history(@RequestParam(name = "limit", required = false) @Nullable String limit) {
        List<RunQuality> runs = evaluations.history(verdicts.answered(), Parameters.limit(limit, LISTED, LISTED));
        return new QualityHistory(runs, runs.size());
    }

    record LatestTrace(@Nullable RunTrace trace) {}

    @GetMapping("/traces/latest")
    LatestTrace latestTrace() {
        return new LatestTrace(investigations
                .latest()
                .flatMap(QualityController::result)
                .map(RunResult::trace)
                .orElse(null));
    }

    record TraceList(List<RunTrace> traces, int count) {}

    @GetMapping("/traces/all")
    TraceList traces(@RequestParam(name = "limit", required = false) @Nullable String limit) {
        List<RunTrace> traces = investigations.completed(Parameters.limit(limit, LISTED, LISTED)).stream()
                .flatMap(run -> result(run).stream())
                .map(RunResult::trace)
                .toList();
        return new TraceList(traces, traces.size());
    }

    private static Optional<RunResult> result(Run run) {
        return Optional.ofNullable(run.result());
    }
}
