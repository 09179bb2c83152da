package io.opsiq;

import io.opsiq.cases.Cases;
import io.opsiq.detectors.FixtureRuns;
import io.opsiq.detectors.Pack;
import io.opsiq.engine.EngineSettings;
import io.opsiq.investigation.Investigations;
import io.opsiq.reasoning.Reasoning;
import io.opsiq.seed.DemoBooks;
import io.opsiq.sentiment.Sentiment;
import io.opsiq.state.State;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** The composition root: one OpsIQ on one state folder. Parts are made when they are first asked for. */
public final class OpsIQ {

    private final Path folder;
    private final Clock clock;
    private final Settings settings;
    private @Nullable State state;
    private @Nullable Pack pack;
    private @Nullable Reasoning reasoning;

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
    public State state() {
        if (state == null) {
            state = State.open(folder);
        }
        return state;
    }

    public Pack pack() {
        if (pack == null) {
            pack = Pack.shipped();
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
        return new Investigations(state(), cases(), this::pack, engineSettings(), clock);
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
