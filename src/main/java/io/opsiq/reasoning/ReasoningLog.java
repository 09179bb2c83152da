package io.opsiq.reasoning;

import io.opsiq.reasoning.Decision.Speaker;
import io.opsiq.reasoning.Interview.Call;
import io.opsiq.reasoning.ReasoningRepository.NewEntry;
import io.opsiq.state.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps what models were asked and said. A decision does not wait for a state that others hold: its entries are then written a little later. */
final class ReasoningLog {

    private static final int LONGEST_PROMPT = 20_000;
    private static final int LONGEST_ANSWER = 8_000;
    private static final int LONGEST_NAME = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Executor WRITERS =
            task -> Thread.ofVirtual().name("reasoning-log").start(task);

    private final Supplier<State> state;
    private final Provider provider;
    private final Redaction redaction;
    private final Clock clock;
    private final ReasoningRepository repository = new ReasoningRepository();

    ReasoningLog(Supplier<State> state, Provider provider, Redaction redaction, Clock clock) {
        this.state = state;
        this.provider = provider;
        this.redaction = redaction;
        this.clock = clock;
    }

    void keep(@Nullable String runId, Purpose purpose, List<Call> calls, Speaker used) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<NewEntry> entries = calls.stream()
                .map(call -> entry(runId, purpose, call, used, now))
                .toList();
        try {
            write(state.get(), entries);
        } catch (RuntimeException e) {
            // A decision does not fail with its log entry.
        }
    }

    private void write(State open, List<NewEntry> entries) {
        var written =
                CompletableFuture.runAsync(() -> open.change(context -> repository.add(context, entries)), WRITERS);
        try {
            written.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // It is written once the state is free, or not at all.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private NewEntry entry(@Nullable String runId, Purpose purpose, Call call, Speaker used, Instant now) {
        return new NewEntry(
                runId,
                purpose.code(),
                provider.name(),
                redaction.of(provider.model(), LONGEST_NAME),
                redaction.of(call.prompt().transcript(), LONGEST_PROMPT),
                redaction.of(call.reply().text(), LONGEST_ANSWER),
                call.reply(),
                call.latency().toMillis(),
                call.outcome(),
                used,
                now);
    }
}
