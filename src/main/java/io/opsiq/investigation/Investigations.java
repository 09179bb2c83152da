package io.opsiq.investigation;

import io.opsiq.detectors.Detector;
import io.opsiq.engine.Engine;
import io.opsiq.engine.EngineSettings;
import io.opsiq.investigation.Investigation.Detected;
import io.opsiq.investigation.Run.Status;
import io.opsiq.sources.MappedFolder;
import io.opsiq.sources.Mapping;
import io.opsiq.sources.Source;
import io.opsiq.sources.SourceFolder;
import io.opsiq.state.RunLock;
import io.opsiq.state.State;
import java.math.BigDecimal;
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
import java.util.function.Predicate;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Runs investigations on one state, one at a time, and knows the earlier ones. */
public final class Investigations {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
    private static final DateTimeFormatter ID_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmssSSS").withZone(ZoneOffset.UTC);

    private final State state;
    private final RunParts parts;
    private final EngineSettings settings;
    private final Clock clock;
    private final RunRepository runs = new RunRepository();
    private volatile @Nullable Engine working;
    private volatile boolean cancelled;

    /** @param settings the engine's; its folder is swept of what killed runs left */
    public Investigations(State state, RunParts parts, EngineSettings settings, Clock clock) {
        this.state = state;
        this.parts = parts;
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
        return run(newId(clock), request, progress, context -> true).orElseThrow(Investigations::stolen);
    }

    private static RuntimeException stolen() {
        return new IllegalStateException("a run that nobody else can take was taken");
    }

    /**
     * As {@link #run(RunRequest, Progress)}, under an id that was promised before.
     *
     * @param claim asked in the transaction that begins the run
     * @return empty when the claim failed: then nothing was done
     */
    Optional<RunResult> run(String runId, RunRequest request, Progress progress, Predicate<DSLContext> claim) {
        try (RunLock _ = lock(() -> progress.notice("Another process runs on this state; waiting for it to end."))) {
            stopIfCancelled();
            cleanUp();
            warnOfOtherBooks(request, progress);
            if (!state.transaction(context -> begin(context, runId, request, claim))) {
                return Optional.empty();
            }
            try {
                return Optional.of(investigate(runId, request, progress));
            } catch (RuntimeException | OutOfMemoryError e) {
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

    private boolean begin(DSLContext context, String runId, RunRequest request, Predicate<DSLContext> claim) {
        if (!claim.test(context)) {
            return false;
        }
        runs.begin(context, runId, request, now());
        return true;
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

    boolean isCancelled() {
        return cancelled;
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

    /** Completed runs, the newest first. */
    public List<Run> completed(int most) {
        return state.read(context -> runs.completed(context, most));
    }

    /**
     * What other limits would do on the last completed run's books, which are read for it; empty when there is no such run. Throws
     * {@link IllegalArgumentException} for a limit that the detector does not have or that lies out of its bounds.
     */
    public Optional<LimitPreview> preview(Detector detector, Map<String, BigDecimal> limits, Progress progress) {
        limits.forEach((name, value) -> check(detector, name, value));
        return latest().map(
                        last -> new Tuning(last.request(), parts, settings, clock, progress).preview(detector, limits));
    }

    private static void check(Detector detector, String name, BigDecimal value) {
        Detector.Param param = detector.params().get(name);
        if (param == null) {
            throw new IllegalArgumentException("%s has no limit %s. It has: %s."
                    .formatted(
                            detector.id(),
                            name,
                            String.join(", ", detector.params().keySet())));
        }
        if (value.compareTo(param.min()) < 0 || value.compareTo(param.max()) > 0) {
            throw new IllegalArgumentException("%s is %s; it can be %s to %s %s."
                    .formatted(name, value.toPlainString(), param.min(), param.max(), param.unit()));
        }
    }

    /** All runs, counted by how they stand. */
    public List<RunTally> tally() {
        return state.read(runs::tally);
    }

    private RunResult investigate(String runId, RunRequest request, Progress progress) {
        try (Engine engine = Engine.open(settings.measured(progress.drawsPercent()))) {
            working = engine;
            stopIfCancelled();
            Counsel counsel = new Counsel(parts.reasoning().during(runId));
            Investigation investigation = new Investigation(runId, clock, progress, counsel);
            Detected detected = investigation.detect(engine, request, parts);
            @Nullable
            String previous = state.read(context -> runs.latestCompleted(context, request))
                    .map(Run::runId)
                    .orElse(null);
            RunResult stored =
                    state.transaction(context -> investigation.prepare(detected, parts, context), (context, ready) -> {
                        engine.closeMeanwhile();
                        stopIfCancelled();
                        RunResult result = investigation.store(detected, ready, parts, context, previous);
                        stopIfCancelled();
                        runs.complete(context, result, now());
                        return result;
                    });
            return word(stored, counsel, progress);
        } finally {
            working = null;
        }
    }

    /** Puts what was decided into better words. The run is complete and stored before anybody is asked for them. */
    private RunResult word(RunResult stored, Counsel counsel, Progress progress) {
        if (cancelled) {
            return stored;
        }
        progress.tell("word the result");
        RunResult worded = counsel.word(stored, parts);
        if (!worded.equals(stored)) {
            state.change(context -> runs.reword(context, worded));
        }
        return worded;
    }

    /** A new id; ids sort by the time at which they were given. */
    static String newId(Clock clock) {
        byte[] random = new byte[3];
        new SecureRandom().nextBytes(random);
        return "RUN-" + ID_TIME.format(clock.instant()) + "-" + HexFormat.of().formatHex(random);
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

        /** Whether it asks for {@link Investigations#percent()}, which has no answer otherwise. */
        default boolean drawsPercent() {
            return false;
        }
    }
}
