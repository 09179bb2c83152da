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
import io.opsiq.engine.EngineSettings;
import io.opsiq.investigation.Run.Status;
import io.opsiq.investigation.RunResult.Skip;
import io.opsiq.signals.Signal;
import io.opsiq.signals.Signals;
import io.opsiq.sources.MappedFolder;
import io.opsiq.sources.Mapping;
import io.opsiq.sources.Source;
import io.opsiq.sources.SourceFolder;
import io.opsiq.state.RunLock;
import io.opsiq.state.State;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs investigations on one state, one at a time, and knows the earlier ones. */
public final class Investigations {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
    private static final DateTimeFormatter ID_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final State state;
    private final Cases cases;
    private final Supplier<Pack> pack;
    private final EngineSettings settings;
    private final Clock clock;
    private final RunRepository runs = new RunRepository();
    private volatile @Nullable Engine working;
    private volatile boolean cancelled;

    /** @param settings the engine's; its folder is swept of what killed runs left */
    public Investigations(State state, Cases cases, Supplier<Pack> pack, EngineSettings settings, Clock clock) {
        this.state = state;
        this.cases = cases;
        this.pack = pack;
        this.settings = settings;
        this.clock = clock;
    }

    /** The source that a request means. */
    public static Source source(RunRequest request) {
        SourceFolder folder = SourceFolder.of(Path.of(request.data()));
        return request.mapping() == null ? folder : new MappedFolder(folder, Mapping.named(request.mapping()));
    }

    /**
     * Investigates the books and stores what was found in one transaction. Waits while another process runs on the same state.
     * Throws {@link RunFailure} when cancelled or when the wait was in vain; other exceptions say what is wrong with the books.
     */
    public RunResult run(RunRequest request, Progress progress) {
        try (RunLock _ = lock(() -> progress.notice("Another process runs on this state; waiting for it to end."))) {
            stopIfCancelled();
            cleanUp();
            warnOfOtherBooks(request, progress);
            String runId = newId();
            state.change(context -> runs.begin(context, runId, request, now()));
            try {
                return investigate(runId, request, progress);
            } catch (RuntimeException e) {
                Status status = cancelled ? Status.CANCELLED : Status.FAILED;
                String reason = cancelled ? "It was cancelled." : String.valueOf(e.getMessage());
                state.change(context -> runs.end(context, runId, status, reason, now()));
                if (cancelled) {
                    throw new RunFailure("The run " + runId + " was cancelled; the cases are as they were before.");
                }
                throw e;
            }
        }
    }

    private void stopIfCancelled() {
        if (cancelled) {
            throw new RunFailure("The run was cancelled; the cases are as they were before.");
        }
    }

    private void warnOfOtherBooks(RunRequest request, Progress progress) {
        latest().map(Run::request)
                .filter(last -> !last.data().equals(request.data()))
                .ifPresent(
                        last -> progress.notice(
                                "The last run on this state was on " + last.data()
                                        + ": cases that these books do not show will be resolved. Maybe keep a state for each set of books: --state."));
    }

    private RunLock lock(Runnable onWait) {
        return RunLock.take(state, LONGEST_WAIT, onWait, () -> cancelled)
                .orElseThrow(() -> new RunFailure("Another process is still running on the state in " + state.folder()
                        + ". Maybe wait for it, or choose another state with --state."));
    }

    /** Forgets every run, case and all that hangs on them; waits for a run at work to end. */
    public void forgetAll(Runnable onWait) {
        try (RunLock _ = lock(onWait)) {
            Engine.sweep(settings.folder());
            state.forgetAll();
        }
    }

    /** Marks runs whose process is gone and removes what they left; does nothing while a run is at work. */
    public void recover() {
        RunLock.tryTake(state).ifPresent(lock -> {
            try (lock) {
                cleanUp();
            }
        });
    }

    private void cleanUp() {
        Engine.sweep(settings.folder());
        state.change(context -> runs.markBrokenOff(context, now()));
    }

    /** Stops the run that this object has at work, if any. */
    public void cancel() {
        cancelled = true;
        Engine engine = working;
        if (engine != null) {
            engine.cancel();
        }
    }

    /** How far the statement at work is, 0 to 100; empty when none is or it cannot tell. */
    public OptionalInt percent() {
        Engine engine = working;
        return engine == null ? OptionalInt.empty() : engine.percent();
    }

    /** The last run that completed. */
    public Optional<Run> latest() {
        return state.read(runs::latestCompleted);
    }

    public Optional<Run> find(String runId) {
        return state.read(context -> runs.find(context, runId));
    }

    private RunResult investigate(String runId, RunRequest request, Progress progress) {
        TraceKeeper trace = new TraceKeeper(clock, progress);
        try (Engine engine = Engine.open(settings)) {
            working = engine;
            stopIfCancelled();
            Books books = trace.step("read books", () -> read(engine, request, progress), Investigations::described);
            Optional<Signal> signal = trace.step("choose signal", new Signals(books)::trigger, Investigations::chosen);
            Detection detection = new Detection(books, pack.get(), Map.of(), progress::tell);
            List<Outcome> outcomes = detection.run();
            outcomes.forEach(trace::add);
            progress.tell("storing cases");
            return store(runId, books, signal.orElse(null), detection, outcomes, trace);
        } finally {
            working = null;
        }
    }

    private Books read(Engine engine, RunRequest request, Progress progress) {
        return new BooksReader(
                        engine, source(request), request.asOf(), clock, table -> progress.tell("reading " + table))
                .read();
    }

    private RunResult store(
            String runId,
            Books books,
            @Nullable Signal signal,
            Detection detection,
            List<Outcome> outcomes,
            TraceKeeper trace) {
        return state.transaction(context -> {
            List<String> ran = ran(outcomes);
            ImpactSummary summary = trace.step(
                    "open cases",
                    () -> {
                        cases.record(context, runId, judged(outcomes, books), detection::forEachFinding);
                        return cases.summary(context, runId, books.baseCurrency());
                    },
                    stored -> new TraceKeeper.Told(stored.caseCount() + " cases", stored.caseCount()));
            stopIfCancelled();
            RunResult result = new RunResult(
                    runId,
                    signal,
                    summary,
                    trace.finished(
                            runId,
                            signal == null ? "manual" : String.valueOf(signal.source()),
                            ran,
                            summary.caseCount()),
                    books.clock(),
                    skipped(outcomes),
                    setAside(books),
                    books.remarks());
            runs.complete(context, result, now());
            return result;
        });
    }

    private static List<String> ran(List<Outcome> outcomes) {
        return outcomes.stream()
                .filter(Outcome.Ran.class::isInstance)
                .map(outcome -> outcome.detector().id())
                .toList();
    }

    /** The types whose missing cases are resolved: not those that a file which cannot be read may still hold. */
    private static List<String> judged(List<Outcome> outcomes, Books books) {
        return outcomes.stream()
                .filter(Outcome.Ran.class::isInstance)
                .map(Outcome::detector)
                .filter(detector -> detector.requires().keySet().stream()
                        .map(books::table)
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

    private String newId() {
        byte[] random = new byte[3];
        new SecureRandom().nextBytes(random);
        return "RUN-" + ID_TIME.format(now()) + "-" + HexFormat.of().formatHex(random);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Is told what is going on, while it goes on. */
    @FunctionalInterface
    public interface Progress {

        /** What is being done; gone when the next thing is. */
        void tell(String what);

        /** Something that must be seen, also where progress is not drawn. */
        default void notice(String what) {
            tell(what);
        }
    }
}
