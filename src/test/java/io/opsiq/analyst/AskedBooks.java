package io.opsiq.analyst;

import io.opsiq.books.Snapshot;
import io.opsiq.books.Snapshots;
import io.opsiq.cases.Cases;
import io.opsiq.engine.EngineSettings;
import io.opsiq.engine.Sandbox;
import io.opsiq.investigation.Investigations;
import io.opsiq.investigation.RunPartsForTests;
import io.opsiq.investigation.RunRequest;
import io.opsiq.reasoning.Reasoning;
import io.opsiq.reasoning.ReasoningSettings;
import io.opsiq.seed.DemoBooks;
import io.opsiq.sentiment.Sentiment;
import io.opsiq.sources.SourceFolder;
import io.opsiq.state.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Books in a folder, and an analyst to ask about them. */
final class AskedBooks {

    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);

    private final Path folder;
    private final Path data;
    private final State state;
    private final EngineSettings settings;
    private final Snapshots snapshots;
    private final Cases cases;
    private boolean investigated;

    AskedBooks(Path folder) {
        this.folder = folder;
        this.data = folder.resolve("data");
        this.state = State.open(folder.resolve("state"));
        this.settings = new EngineSettings(folder.resolve("work"), "400MB", 1);
        this.snapshots = new Snapshots(folder.resolve("snapshots"), settings, CLOCK);
        this.cases = new Cases(state, CLOCK, new Sentiment());
    }

    /** The demo books around 22 November 2026. */
    static AskedBooks demo(Path folder) {
        AskedBooks books = new AskedBooks(folder);
        new DemoBooks(CLOCK).write(books.data);
        return books;
    }

    AskedBooks table(String name, String... lines) {
        try {
            Files.createDirectories(data);
            Files.writeString(data.resolve(name + ".csv"), String.join("\n", lines) + "\n");
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    AskedBooks investigate() {
        new Investigations(state, RunPartsForTests.of(state, cases, CLOCK), settings, CLOCK)
                .run(RunRequest.of(data, null, null), what -> {});
        investigated = true;
        return this;
    }

    Path data() {
        return data;
    }

    Path folder() {
        return folder;
    }

    Analyst analyst() {
        return new Analyst(
                state,
                snapshots,
                cases,
                CLOCK,
                () -> Optional.of(new Subject(SourceFolder.of(data), null, investigated)),
                new Reasoning(ReasoningSettings.of(name -> Optional.empty()), () -> state, CLOCK));
    }

    Answer ask(String question) {
        return ask(question, null);
    }

    Answer ask(String question, @Nullable String context) {
        return switch (analyst().ask(Question.of(question).after(context))) {
            case Reply.Answered(Answer answer) -> answer;
            case Reply.Refused refused -> throw new AssertionError(refused);
        };
    }

    /** The rows of an answer, each as one text. */
    List<String> rows(String question) {
        return ask(question).rows().stream().map(String::valueOf).toList();
    }

    Reading read(String question, @Nullable QueryPlan base) {
        return with((ground, sandbox) ->
                new Grammar(ground.lexicon(), ground, new Terms(sandbox, ground)).read(question, base));
    }

    <T> T with(BiFunction<Ground, Sandbox, T> work) {
        try (Snapshot snapshot = snapshots.of(SourceFolder.of(data), null);
                Sandbox sandbox = snapshot.open()) {
            Ground ground = new Ground(SemanticModel.shipped(), snapshot.facts(), sandbox, investigated, false);
            return work.apply(ground, sandbox);
        }
    }
}
