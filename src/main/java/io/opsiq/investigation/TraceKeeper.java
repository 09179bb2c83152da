package io.opsiq.investigation;

import io.opsiq.detectors.Detection.Outcome;
import io.opsiq.investigation.Investigations.Progress;
import io.opsiq.investigation.RunTrace.Step;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes the trace of a run while it happens. */
final class TraceKeeper {

    private final Instant started;
    private final long startedNanos = System.nanoTime();
    private final Progress progress;
    private final List<Step> steps = new ArrayList<>();

    TraceKeeper(Clock clock, Progress progress) {
        this.started = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        this.progress = progress;
    }

    /** What a step came to. */
    record Told(String detail, @Nullable Long rows) {}

    <T> T step(String name, Supplier<T> work, Function<T, Told> tell) {
        return step(name, begin(name), work, tell);
    }

    /** Says that a step begins; the answer goes to the {@code step} that ends it. */
    long begin(String name) {
        progress.tell(name);
        return System.nanoTime();
    }

    <T> T step(String name, long begun, Supplier<T> work, Function<T, Told> tell) {
        T result = work.get();
        Told told = tell.apply(result);
        steps.add(new Step(name, told.detail(), told.rows(), millisSince(begun)));
        return result;
    }

    void add(Outcome outcome) {
        String name = "detect " + outcome.detector().id();
        steps.add(
                switch (outcome) {
                    case Outcome.Ran ran ->
                        new Step(
                                name,
                                ran.found() + " found",
                                ran.found(),
                                ran.took().toMillis());
                    case Outcome.Skipped skipped -> new Step(name, "skipped: " + skipped.reason(), null, 0);
                });
    }

    RunTrace finished(
            String runId, String triggerSource, List<String> tools, long cases, int actions, String evaluation) {
        return new RunTrace(
                runId,
                started,
                triggerSource,
                List.copyOf(steps),
                tools,
                cases,
                actions,
                evaluation,
                millisSince(startedNanos));
    }

    private static long millisSince(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
    }
}
