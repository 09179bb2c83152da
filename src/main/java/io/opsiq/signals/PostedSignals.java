package io.opsiq.signals;

import io.opsiq.state.State;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Signals that were posted to OpsIQ, beside those in the books. */
public final class PostedSignals {

    static final Set<String> SEVERITIES = Set.of("low", "medium", "high", "critical");
    private static final int LONGEST = 200;

    private final State state;
    private final Clock clock;
    private final SignalRepository repository = new SignalRepository();

    public PostedSignals(State state, Clock clock) {
        this.state = state;
        this.clock = clock;
    }

    /** What became of a posted signal. */
    public sealed interface Outcome {

        /** It was stored, or was there already word for word. */
        record Stored(Signal signal, boolean isNew) implements Outcome {}

        /** A field does not fit. */
        record DoesNotFit(String field, String message) implements Outcome {}

        /** Another signal has this id. */
        record Taken(String message) implements Outcome {}
    }

    /**
     * Stores a signal. One without an id is given one, one without a time is of now; its source is {@code internal} unless it
     * says otherwise.
     */
    public Outcome post(
            @Nullable String signalId,
            @Nullable Instant timestamp,
            @Nullable String signalType,
            @Nullable String severity,
            @Nullable String source,
            @Nullable String relatedEntity,
            @Nullable Map<String, Object> payload) {
        String level = severity == null ? "" : severity.strip().toLowerCase(Locale.ROOT);
        if (!SEVERITIES.contains(level)) {
            return new Outcome.DoesNotFit(
                    "severity", "severity is '%s'. It is one of low, medium, high, critical.".formatted(level));
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Signal signal = new Signal(
                given(signalId).orElseGet(PostedSignals::newId),
                timestamp == null ? now : timestamp.truncatedTo(ChronoUnit.MILLIS),
                given(signalType).orElse(""),
                level,
                given(source).orElse("internal"),
                given(relatedEntity).orElse(null),
                payload == null ? Map.of() : payload);
        return complaint(signal).<Outcome>map(found -> found).orElseGet(() -> store(signal, now));
    }

    private static Optional<Outcome.DoesNotFit> complaint(Signal signal) {
        if (String.valueOf(signal.signalType()).isEmpty()) {
            return Optional.of(new Outcome.DoesNotFit("signal_type", "signal_type is missing."));
        }
        return tooLong("signal_id", signal.signalId())
                .or(() -> tooLong("signal_type", signal.signalType()))
                .or(() -> tooLong("source", signal.source()))
                .or(() -> tooLong("related_entity", signal.relatedEntity()));
    }

    private static Optional<Outcome.DoesNotFit> tooLong(String field, @Nullable String value) {
        return value == null || value.length() <= LONGEST
                ? Optional.empty()
                : Optional.of(new Outcome.DoesNotFit(
                        field, "%s has %d characters; it takes at most %d.".formatted(field, value.length(), LONGEST)));
    }

    private Outcome store(Signal signal, Instant now) {
        return state.transaction(context -> {
            Optional<Signal> there = repository.find(context, signal.signalId());
            if (there.isEmpty()) {
                repository.add(context, signal, now);
                return new Outcome.Stored(signal, true);
            }
            return there.get().equals(signal)
                    ? new Outcome.Stored(signal, false)
                    : new Outcome.Taken(
                            "Another signal has the id '" + signal.signalId() + "'. Maybe leave the id out.");
        });
    }

    /** The first signals, the most severe first, of equally severe ones the latest first. */
    public List<Signal> mostUrgent(int most) {
        return state.read(context -> repository.mostUrgent(context, most));
    }

    private static Optional<String> given(@Nullable String value) {
        return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static String newId() {
        return "SIG-" + UUID.randomUUID().toString().substring(0, 13);
    }
}
