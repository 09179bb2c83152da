package io.opsiq.investigation;

import io.opsiq.actions.Action;
import io.opsiq.books.Books;
import io.opsiq.books.BooksReader;
import io.opsiq.books.TableReport;
import io.opsiq.cases.Case;
import io.opsiq.cases.CaseQuery;
import io.opsiq.cases.Cases;
import io.opsiq.cases.ImpactSummary;
import io.opsiq.cases.IncomingCases;
import io.opsiq.detectors.CommonCause;
import io.opsiq.detectors.Detection;
import io.opsiq.detectors.Detection.Outcome;
import io.opsiq.detectors.Detector;
import io.opsiq.detectors.Pack;
import io.opsiq.engine.Engine;
import io.opsiq.evaluation.Evaluation;
import io.opsiq.investigation.Counsel.StrategyDecision;
import io.opsiq.investigation.Investigations.Progress;
import io.opsiq.investigation.RunResult.Skip;
import io.opsiq.learning.Lessons;
import io.opsiq.learning.LimitTrial;
import io.opsiq.signals.PostedSignals;
import io.opsiq.signals.Signal;
import io.opsiq.signals.Signals;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** The work of one run, step by step, with its trace. */
final class Investigation {

    private static final int MOST_SIGNALS = 100;
    private static final int TOP = 5;
    private static final String OPEN_CASES = "open cases";

    private final String runId;
    private final Clock clock;
    private final Progress progress;
    private final TraceKeeper trace;
    private final Counsel counsel;

    Investigation(String runId, Clock clock, Progress progress, Counsel counsel) {
        this.runId = runId;
        this.clock = clock;
        this.progress = progress;
        this.trace = new TraceKeeper(clock, progress);
        this.counsel = counsel;
    }

    /** What was found, still in the engine, and what the run went by. */
    record Detected(
            Books books,
            List<Signal> signals,
            Lessons lessons,
            Strategy strategy,
            List<Reasoned> reasoning,
            Detection detection,
            List<Outcome> outcomes,
            List<LimitTrial.Tried> below,
            List<LimitTrial.Tried> tried) {

        Optional<Signal> trigger() {
            return signals.stream().findFirst();
        }
    }

    /** Books to findings. */
    Detected detect(Engine engine, RunRequest request, RunParts parts) {
        Books books = trace.step("read books", () -> read(engine, request), Investigation::described);
        List<Signal> signals = trace.step(
                "read signals", () -> signals(books, parts.signals()), found -> told(Reasons.signals(found)));
        Lessons lessons = trace.step("recall memory", parts.memory()::lessons, Investigation::recalled);
        Pack pack = parts.pack().get();
        StrategyDecision decision = trace.step(
                "decide strategy",
                () -> counsel.strategy(signals, pack.detectors(), lessons),
                decided -> told("first " + decided.strategy().order().getFirst()));
        Strategy strategy = decision.strategy();
        Detection detection = new Detection(books, pack, LimitTrials.without(lessons), progress::tell);
        List<Outcome> outcomes = detection.run(strategy.order());
        outcomes.forEach(trace::add);
        List<LimitTrial.Tried> below = LimitTrials.on(detection, lessons.looser());
        return new Detected(
                books,
                signals,
                lessons,
                strategy,
                decision.reasoning(),
                detection,
                outcomes,
                below,
                tried(detection, lessons.trials(), below));
    }

    private List<LimitTrial.Tried> tried(Detection detection, List<LimitTrial> limits, List<LimitTrial.Tried> below) {
        return limits.isEmpty()
                ? List.of()
                : trace.step(
                        "try limits",
                        () -> LimitTrials.on(detection, limits, below),
                        tried -> new TraceKeeper.Told(
                                tried.size() + " tried; nothing moved by it", (long) tried.size()));
    }

    /** What is about to be stored, and when that step began. The engine is not asked any more. */
    record Ready(IncomingCases incoming, List<CommonCause> causes, List<String> remarks, long begun) {}

    /** Findings to rows, before the run's transaction: nobody waits for it meanwhile. */
    Ready prepare(Detected detected, RunParts parts, DSLContext context) {
        long begun = trace.begin(OPEN_CASES);
        Detection detection = detected.detection();
        IncomingCases incoming = parts.cases().prepare(context, detection, detected.lessons());
        List<String> remarks = Stream.concat(detected.books().remarks().stream(), detection.remarks().stream())
                .toList();
        return new Ready(incoming, detection.commonCauses(), remarks, begun);
    }

    /** Rows to cases, actions and scores, inside the run's transaction. */
    RunResult store(
            Detected detected, Ready ready, RunParts parts, DSLContext transaction, @Nullable String previousRunId) {
        ImpactSummary summary = openCases(detected, ready, parts, transaction);
        List<Action> proposed = trace.step(
                "decide actions",
                () -> {
                    parts.actions().settle(transaction);
                    return parts.actions().propose(transaction, runId);
                },
                actions -> new TraceKeeper.Told(actions.size() + " proposed", (long) actions.size()));
        Evaluation evaluation = trace.step(
                "evaluate",
                () -> parts.evaluations().evaluate(transaction, runId),
                scored -> told(scored.calibrationNote()));
        return new RunResult(
                runId,
                detected.trigger().orElse(null),
                summary,
                trace.finished(
                        runId,
                        detected.trigger().map(Signal::signalId).orElse("manual"),
                        ran(detected.outcomes()),
                        summary.caseCount(),
                        proposed.size(),
                        evaluation.calibrationNote()),
                detected.books().clock(),
                skipped(detected.outcomes()),
                setAside(detected.books()),
                ready.remarks(),
                detected.strategy(),
                reasoning(detected, summary, top(parts.cases(), transaction), proposed, evaluation),
                previousRunId);
    }

    private ImpactSummary openCases(Detected detected, Ready ready, RunParts parts, DSLContext transaction) {
        String baseCurrency = detected.books().baseCurrency();
        String[] applied = {""};
        return trace.step(
                OPEN_CASES,
                ready.begun(),
                () -> {
                    parts.cases().record(transaction, runId, judged(detected), ready.incoming());
                    parts.problems()
                            .record(transaction, runId, ready.causes(), detected.detection()::nameOf, baseCurrency);
                    parts.memory().limitsTried(transaction, detected.tried());
                    applied[0] = parts.memory().apply(transaction, detected.lessons(), detected.below(), runId);
                    return parts.cases().summary(transaction, runId, baseCurrency);
                },
                stored -> new TraceKeeper.Told(stored.caseCount() + " cases; " + applied[0], stored.caseCount()));
    }

    private List<Case> top(Cases cases, DSLContext transaction) {
        return cases.list(transaction, CaseQuery.ofRun(runId).page(TOP, null)).cases();
    }

    private static List<Reasoned> reasoning(
            Detected detected, ImpactSummary summary, List<Case> top, List<Action> proposed, Evaluation evaluation) {
        return Stream.concat(
                        detected.reasoning().stream(),
                        Stream.of(
                                Reasoned.byRules(Reasoned.SUMMARY, Reasons.summary(summary, top)),
                                Reasoned.byRules(Reasoned.ACTIONS, Reasons.actions(proposed)),
                                Reasoned.byRules(Reasoned.EVALUATION, evaluation.calibrationNote())))
                .toList();
    }

    /** The most urgent signals of the books and of those that were posted, the first one first. */
    private static List<Signal> signals(Books books, PostedSignals posted) {
        return Stream.concat(
                        new Signals(books).mostUrgent(MOST_SIGNALS).stream(), posted.mostUrgent(MOST_SIGNALS).stream())
                .sorted(Signal.BY_URGENCY)
                .limit(MOST_SIGNALS)
                .toList();
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

    private static TraceKeeper.Told recalled(Lessons lessons) {
        return told(
                lessons.penalties().isEmpty()
                        ? "no verdict has moved anything yet"
                        : "less confidence in "
                                + String.join(", ", lessons.penalties().keySet()));
    }

    private static TraceKeeper.Told told(String detail) {
        return new TraceKeeper.Told(detail, null);
    }
}
