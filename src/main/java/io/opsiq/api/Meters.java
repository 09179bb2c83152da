package io.opsiq.api;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opsiq.cases.CaseStatus;
import io.opsiq.cases.Cases;
import io.opsiq.investigation.Investigations;
import io.opsiq.investigation.Run;
import io.opsiq.investigation.RunTally;
import io.opsiq.learning.FeedbackType;
import io.opsiq.learning.Verdicts;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/** OpsIQ's own numbers beside those of the JVM. They are counted from the state, so that a restart loses nothing. */
final class Meters {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Recent<Map<CaseStatus, Long>> cases;
    private final Recent<List<RunTally>> runs;
    private final Recent<Map<String, Long>> verdicts;

    Meters(Cases cases, Investigations investigations, Verdicts verdicts) {
        this.cases = new Recent<>(cases::counts);
        this.runs = new Recent<>(investigations::tally);
        this.verdicts = new Recent<>(verdicts::counts);
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        countCases();
        countRuns();
        countVerdicts();
    }

    PrometheusMeterRegistry registry() {
        return registry;
    }

    private void countCases() {
        for (CaseStatus status : CaseStatus.values()) {
            Gauge.builder("opsiq.cases", () -> cases.get().getOrDefault(status, 0L))
                    .description("Cases, by status.")
                    .tag("status", status.word())
                    .register(registry);
        }
    }

    private void countRuns() {
        for (Run.Status outcome : Run.Status.values()) {
            if (outcome != Run.Status.RUNNING) {
                FunctionCounter.builder("opsiq.runs", this, meters -> meters.sum(outcome, RunTally::runs))
                        .description("Runs that ended, by outcome.")
                        .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                        .register(registry);
            }
        }
        FunctionTimer.builder(
                        "opsiq.run.duration",
                        this,
                        meters -> meters.sum(Run.Status.COMPLETED, RunTally::runs),
                        meters -> meters.sum(Run.Status.COMPLETED, RunTally::millis),
                        TimeUnit.MILLISECONDS)
                .description("Time that completed runs took.")
                .register(registry);
    }

    private long sum(Run.Status outcome, ToLongFunction<RunTally> number) {
        return runs.get().stream()
                .filter(tally -> tally.status() == outcome)
                .mapToLong(number)
                .sum();
    }

    private void countVerdicts() {
        for (FeedbackType type : FeedbackType.values()) {
            FunctionCounter.builder(
                            "opsiq.verdicts",
                            this,
                            meters -> meters.verdicts.get().getOrDefault(type.word(), 0L))
                    .description("Verdicts given, by type.")
                    .tag("type", type.word())
                    .register(registry);
        }
    }
}
