package io.opsiq.reasoning;

import io.opsiq.reasoning.Decision.Because;
import io.opsiq.state.State;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The port to a language model. It orders, proposes and words; what it says is checked, and where it is missing, slow or wrong the
 * rules speak in its place. Without a key no client is loaded and no table is read.
 */
public final class Reasoning {

    private final ReasoningSettings settings;
    private final Supplier<State> state;
    private final Clock clock;
    private final Redaction redaction;
    private final ReasoningRepository repository = new ReasoningRepository();
    private @Nullable Line line;

    /** @param state opened when something is to be kept or read */
    public Reasoning(ReasoningSettings settings, Supplier<State> state, Clock clock) {
        this.settings = settings;
        this.state = state;
        this.clock = clock;
        this.redaction = new Redaction(
                settings.provider() == null ? null : settings.provider().key());
    }

    /** Decisions that share a run's budget and are kept under its id. */
    public Deliberation during(String runId) {
        return new Deliberation(runId, new Budget(settings.limits()), desk());
    }

    /** As {@link #during}, for what belongs to no run, such as one question to the analyst. */
    public Deliberation once() {
        return new Deliberation(null, new Budget(settings.limits()), desk());
    }

    private Desk desk() {
        Provider provider = settings.provider();
        if (provider == null) {
            return new Desk.RulesAlone(settings.problem() == null ? Because.NO_KEY : Because.UNUSABLE_SETTINGS);
        }
        ReasoningLog log = new ReasoningLog(state, provider, redaction, clock);
        return new Desk.WithModel(line(provider), log, redaction, settings.limits(), settings.names());
    }

    private synchronized Line line(Provider provider) {
        if (line == null) {
            line = new Line(
                    new LazyClient(() -> new OpenAiClient(provider, settings.limits(), clock)),
                    settings.limits(),
                    clock);
        }
        return line;
    }

    /** The newest calls first. */
    public List<ReasoningEntry> log(int limit) {
        return state.get().read(context -> repository.newest(context, limit));
    }

    /** How it stands with the model; asks nobody. */
    public LlmStatus status() {
        Provider provider = settings.provider();
        boolean available = provider != null && !line(provider).isPaused();
        return state.get()
                .read(context -> new LlmStatus(
                        available,
                        provider == null ? "none" : provider.name(),
                        provider == null ? null : redaction.of(provider.model(), 100),
                        repository.count(context),
                        repository.newest(context, 1).stream()
                                .map(ReasoningEntry::createdAt)
                                .findFirst()
                                .orElse(null)));
    }

    /** Puts one small question to the model and says how it went; nothing where no model is set up. */
    public Optional<LlmCheck> check() {
        return Optional.ofNullable(settings.provider())
                .map(provider -> new Checkup(provider, line(provider), settings, redaction).run());
    }

    /** Why a key that is set is not used. */
    public Optional<String> problem() {
        return Optional.ofNullable(settings.problem());
    }
}
