package io.opsiq;

import io.opsiq.actions.Actions;
import io.opsiq.analyst.Analyst;
import io.opsiq.analyst.Subject;
import io.opsiq.books.RatedInvoice;
import io.opsiq.books.Ratings;
import io.opsiq.books.Snapshot;
import io.opsiq.books.Snapshots;
import io.opsiq.cases.Cases;
import io.opsiq.detectors.FixtureRuns;
import io.opsiq.detectors.Pack;
import io.opsiq.engine.EngineSettings;
import io.opsiq.evaluation.Evaluations;
import io.opsiq.investigation.Investigations;
import io.opsiq.investigation.Run;
import io.opsiq.investigation.RunParts;
import io.opsiq.investigation.RunQueue;
import io.opsiq.investigation.RunRequest;
import io.opsiq.learning.Memory;
import io.opsiq.learning.Teacher;
import io.opsiq.learning.Verdicts;
import io.opsiq.problems.SystemicProblems;
import io.opsiq.reasoning.Reasoning;
import io.opsiq.seed.DemoBooks;
import io.opsiq.sentiment.Sentiment;
import io.opsiq.sentiment.SentimentLog;
import io.opsiq.signals.PostedSignals;
import io.opsiq.state.State;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The composition root: one OpsIQ on one state folder. Parts are made when they are first asked for. */
public final class OpsIQ {

    private final Path folder;
    private final Clock clock;
    private final Settings settings;
    private @Nullable State state;
    private @Nullable Pack pack;
    private @Nullable Reasoning reasoning;
    private @Nullable Teacher teacher;

    /** @param folder where cases, feedback and memory live; made when needed */
    public OpsIQ(Path folder, Clock clock, Settings settings) {
        this.folder = folder;
        this.clock = clock;
        this.settings = settings;
    }

    public Clock clock() {
        return clock;
    }

    public Path folder() {
        return folder;
    }

    /** Opened, and brought to this version, by the first call. */
    public synchronized State state() {
        if (state == null) {
            state = State.open(folder);
        }
        return state;
    }

    public synchronized Pack pack() {
        if (pack == null) {
            pack = settings.get(Settings.DETECTORS)
                    .map(own -> Pack.shippedAnd(Path.of(own)))
                    .orElseGet(Pack::shipped);
        }
        return pack;
    }

    /** One for all who ask: they share the model's places and its breaker. */
    public synchronized Reasoning reasoning() {
        if (reasoning == null) {
            reasoning = new Reasoning(settings.reasoning(), this::state, clock);
        }
        return reasoning;
    }

    public Cases cases() {
        return new Cases(state(), clock, new Sentiment());
    }

    public Investigations investigations() {
        return new Investigations(state(), runParts(), engineSettings(), clock);
    }

    public RunParts runParts() {
        return new RunParts(
                this::pack, cases(), problems(), actions(), evaluations(), memory(), postedSignals(), reasoning());
    }

    /** Cases with one cause. */
    public SystemicProblems problems() {
        return new SystemicProblems(state(), clock);
    }

    /** Opened by its {@code open}. */
    public RunQueue runQueue() {
        return new RunQueue(state(), this::investigations, clock);
    }

    public Actions actions() {
        return new Actions(state(), cases(), clock);
    }

    public Evaluations evaluations() {
        return new Evaluations(state(), cases(), clock);
    }

    public Memory memory() {
        return new Memory(state(), cases(), this::pack, clock);
    }

    /** One for all verdicts. */
    public synchronized Teacher teacher() {
        if (teacher == null) {
            teacher = new Teacher(reasoning(), memory());
        }
        return teacher;
    }

    public Verdicts verdicts() {
        return new Verdicts(state(), cases(), actions(), memory(), evaluations(), this::isAnswer, teacher(), clock);
    }

    private boolean isAnswer(String answerId) {
        return analyst().find(answerId).isPresent();
    }

    public PostedSignals postedSignals() {
        return new PostedSignals(state(), clock);
    }

    public SentimentLog sentimentLog() {
        return new SentimentLog(state(), new Sentiment(), clock);
    }

    /** Books as they were read, for questions. */
    public Snapshots snapshots() {
        return new Snapshots(folder.resolve("snapshots"), engineSettings(), clock);
    }

    /** What was due on an invoice of the latest completed run's books; empty when there are no such run or invoice. */
    public Optional<RatedInvoice> rate(String invoiceId) {
        return investigations().latest().map(Run::request).flatMap(books -> {
            try (Snapshot snapshot = snapshots().of(Investigations.source(books), books.asOf())) {
                return Ratings.of(snapshot, invoiceId, engineSettings());
            }
        });
    }

    /** Questions about the books of the latest completed run. */
    public Analyst analyst() {
        return analyst(() -> investigations().latest().map(run -> subject(run.request(), true)));
    }

    /** Questions about these books; cases are known of them when they are those of the latest completed run. */
    public Analyst analyst(RunRequest request) {
        return analyst(() -> Optional.of(subject(request, isLatest(request))));
    }

    private Analyst analyst(Supplier<Optional<Subject>> subject) {
        return new Analyst(state(), snapshots(), cases(), clock, subject, reasoning());
    }

    private boolean isLatest(RunRequest request) {
        return investigations()
                .latest()
                .map(Run::request)
                .filter(last -> last.data().equals(request.data()) && Objects.equals(last.mapping(), request.mapping()))
                .isPresent();
    }

    private static Subject subject(RunRequest request, boolean investigated) {
        return new Subject(Investigations.source(request), request.asOf(), investigated);
    }

    public FixtureRuns fixtureRuns(Pack tested) {
        return new FixtureRuns(tested, folder.resolve("work"), clock);
    }

    public DemoBooks demoBooks() {
        return new DemoBooks(clock);
    }

    public EngineSettings engineSettings() {
        return settings.engine(folder.resolve("work"));
    }
}
