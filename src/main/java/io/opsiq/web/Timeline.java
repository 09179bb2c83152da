package io.opsiq.web;

import io.opsiq.investigation.RunResult;
import io.opsiq.investigation.RunTrace;
import java.util.ArrayList;
import java.util.List;

/** The steps of a run, laid out along the time that it took. */
public record Timeline(RunTrace trace, List<Bar> bars) {

    private static final double WHOLE = 100;
    private static final double THINNEST = 0.6;

    /**
     * A step.
     *
     * @param from where it begins, in per cent of the whole
     * @param width how long it took, in per cent of the whole, and never too thin to be seen
     */
    public record Bar(RunTrace.Step step, double from, double width) {}

    static Timeline of(RunResult result) {
        RunTrace trace = result.trace();
        long whole = Math.max(
                1, trace.steps().stream().mapToLong(RunTrace.Step::durationMs).sum());
        List<Bar> bars = new ArrayList<>();
        double at = 0;
        for (RunTrace.Step step : trace.steps()) {
            double width = WHOLE * step.durationMs() / whole;
            bars.add(new Bar(step, Math.min(at, WHOLE - THINNEST), Math.max(width, THINNEST)));
            at += width;
        }
        return new Timeline(trace, bars);
    }
}
