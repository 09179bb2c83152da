package io.opsiq.investigation;

import io.opsiq.books.Books;
import io.opsiq.books.BooksReader;
import io.opsiq.books.TableReport;
import io.opsiq.cases.Cases;
import io.opsiq.cases.ImpactSummary;
import io.opsiq.detectors.Detection;
import io.opsiq.detectors.Detection.Outcome;
import io.opsiq.detectors.Detector;
import io.opsiq.detectors.Pack;
import io.opsiq.engine.Engine;
import io.opsiq.investigation.Investigations.Progress;
import io.opsiq.investigation.RunResult.Skip;
import io.opsiq.signals.Signal;
import io.opsiq.signals.Signals;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jooq.DSLContext;

/** The work of one run, step by step, with its trace. */
final class Investigation {

    private final String runId;
    private final Clock clock;
    private final Progress progress;
    private final TraceKeeper trace;

    Investigation(String runId, Clock clock, Progress progress) {
        this.runId = runId;
        this.clock = clock;
        this.progress = progress;
        this.trace = new TraceKeeper(clock, progress);
    }

    /** What was found, still in the engine. */
    record Detected(Books books, Optional<Signal> signal, Detection detection, List<Outcome> outcomes) {}

    /** Books to findings. */
    Detected detect(Engine engine, RunRequest request, Pack pack) {
        Books books = trace.step("read books", () -> read(engine, request), Investigation::described);
        Optional<Signal> signal = trace.step("choose signal", new Signals(books)::trigger, Investigation::chosen);
        Detection detection = new Detection(books, pack, Map.of(), progress::tell);
        List<Outcome> outcomes = detection.run();
        outcomes.forEach(trace::add);
        return new Detected(books, signal, detection, outcomes);
    }

    /** Findings to cases, inside the run's transaction. */
    RunResult store(Detected detected, Cases cases, DSLContext transaction) {
        Books books = detected.books();
        ImpactSummary summary = trace.step(
                "open cases",
                () -> {
                    cases.record(transaction, runId, judged(detected), detected.detection());
                    return cases.summary(transaction, runId, books.baseCurrency());
                },
                stored -> new TraceKeeper.Told(stored.caseCount() + " cases", stored.caseCount()));
        String trigger =
                detected.signal().map(Signal::source).map(String::valueOf).orElse("manual");
        return new RunResult(
                runId,
                detected.signal().orElse(null),
                summary,
                trace.finished(runId, trigger, ran(detected.outcomes()), summary.caseCount()),
                books.clock(),
                skipped(detected.outcomes()),
                setAside(books),
                books.remarks());
    }

    private Books read(Engine engine, RunRequest request) {
        return new BooksReader(
                        engine,
                        Investigations.source(request),
                        request.asOf(),
                        clock,
                        table -> progress.tell("reading " + table))
                .read();
    }

    private static List<String> ran(List<Outcome> outcomes) {
        return outcomes.stream()
                .filter(Outcome.Ran.class::isInstance)
                .map(outcome -> outcome.detector().id())
                .toList();
    }

    /** The types whose missing cases are resolved: not those that a file which cannot be read may still hold. */
    private static List<String> judged(Detected detected) {
        return detected.outcomes().stream()
                .filter(Outcome.Ran.class::isInstance)
                .map(Outcome::detector)
                .filter(detector -> detector.requires().keySet().stream()
                        .map(detected.books()::table)
                        .flatMap(Optional::stream)
                        .allMatch(table -> table.unreadableFiles().isEmpty()))
                .map(Detector::id)
                .toList();
    }

    private static List<Skip> skipped(List<Outcome> outcomes) {
        return outcomes.stream()
                .filter(Outcome.Skipped.class::isInstance)
                .map(Outcome.Skipped.class::cast)
                .map(outcome -> new Skip(outcome.detector().id(), outcome.reason()))
                .toList();
    }

    private static Map<String, Long> setAside(Books books) {
        Map<String, Long> rows = new TreeMap<>();
        books.tables().stream()
                .filter(table -> table.badRows() > 0)
                .forEach(table -> rows.put(table.name(), table.badRows()));
        return rows;
    }

    private static TraceKeeper.Told described(Books books) {
        String tables =
                String.join(", ", books.tables().stream().map(TableReport::name).toList());
        return new TraceKeeper.Told("%s; %d rows set aside".formatted(tables, books.badRows()), books.rows());
    }

    private static TraceKeeper.Told chosen(Optional<Signal> signal) {
        return new TraceKeeper.Told(
                signal.map(each -> "%s: %s, severity %s, from %s"
                                .formatted(each.signalId(), each.signalType(), each.severity(), each.source()))
                        .orElse("the books hold no signals: investigating all the same"),
                null);
    }
}
