package io.opsiq.investigation;

import io.opsiq.investigation.Investigations.Progress;
import io.opsiq.investigation.Run.Status;
import io.opsiq.investigation.RunTicket.Kind;
import io.opsiq.state.State;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Runs that were asked for, one after the other. A request that was taken is kept in the state: it survives the process and
 * runs when the next one opens the queue.
 */
public final class RunQueue implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(25);
    private static final Duration STOP = Duration.ofSeconds(10);
    private static final int REMEMBERED = 50;
    private static final String NO_REASON = "It failed for a reason that it did not give.";

    private final State state;
    private final Supplier<Investigations> investigations;
    private final Clock clock;
    private final RunRepository runs = new RunRepository();
    private final RunRequests requests = new RunRequests();
    private final Map<String, RunEvents> events = new LinkedHashMap<>();
    private final Map<String, Investigations> working = new LinkedHashMap<>();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("opsiq-runs").daemon().factory());
    private boolean closed;

    /** @param investigations a new one for each run */
    public RunQueue(State state, Supplier<Investigations> investigations, Clock clock) {
        this.state = state;
        this.investigations = investigations;
        this.clock = clock;
    }

    /** Clears up after killed runs and goes on with the requests that were waiting. */
    public void open() {
        investigations.get().recover();
        state.read(requests::queued).forEach(this::enqueue);
    }

    /**
     * Takes a request, or finds the one that was taken under the same key and has not failed.
     *
     * @return the id of the run
     */
    public String submit(Kind kind, RunRequest request, @Nullable String idempotencyKey) {
        RunTicket wanted =
                new RunTicket(Investigations.newId(clock), kind, request, idempotencyKey, clock.instant(), false);
        RunTicket taken = state.transaction(context -> {
            Optional<RunTicket> before = standing(context, idempotencyKey);
            if (before.isEmpty()) {
                requests.add(context, wanted);
            }
            return before.orElse(wanted);
        });
        if (taken.runId().equals(wanted.runId())) {
            enqueue(wanted);
        }
        return taken.runId();
    }

    /** The run of the key, unless it ended without completing: then the key is free again. */
    private Optional<RunTicket> standing(DSLContext context, @Nullable String key) {
        Optional<RunTicket> before = Optional.ofNullable(key).flatMap(given -> requests.byKey(context, given));
        Optional<RunTicket> failed = before.filter(ticket -> view(context, ticket.runId())
                .filter(run -> run.hasEnded() && !run.isCompleted())
                .isPresent());
        failed.ifPresent(ticket -> requests.releaseKey(context, ticket.runId()));
        return failed.isPresent() ? Optional.empty() : before;
    }

    private void enqueue(RunTicket ticket) {
        eventsOf(ticket.runId()).tell(RunEvent.Type.QUEUED, "waiting for its turn");
        worker.execute(() -> work(ticket));
    }

    private void work(RunTicket ticket) {
        RunEvents told = eventsOf(ticket.runId());
        Investigations investigation = begin(ticket.runId());
        if (investigation == null) {
            return;
        }
        try {
            investigation
                    .run(
                            ticket.runId(),
                            ticket.request(),
                            new Told(told),
                            context -> requests.claim(context, ticket.runId()))
                    .ifPresent(result -> told.tell(RunEvent.Type.COMPLETED, "completed"));
        } catch (RuntimeException e) {
            String reason = e.getMessage() == null ? NO_REASON : e.getMessage();
            state.change(context -> fail(context, ticket, reason));
            told.tell(endOf(ticket.runId()), reason);
        } finally {
            end(ticket.runId());
        }
    }

    /** A run that failed before it began leaves the queue all the same. */
    private void fail(DSLContext context, RunTicket ticket, String reason) {
        if (!closed && requests.claim(context, ticket.runId())) {
            runs.fail(context, ticket, reason, clock.instant());
        }
    }

    private RunEvent.Type endOf(String runId) {
        return find(runId).filter(run -> run.status().equals("cancelled")).isPresent()
                ? RunEvent.Type.CANCELLED
                : RunEvent.Type.FAILED;
    }

    /** The run's own investigation; null once the queue is closed. */
    private synchronized @Nullable Investigations begin(String runId) {
        if (closed) {
            return null;
        }
        Investigations investigation = investigations.get();
        working.put(runId, investigation);
        return investigation;
    }

    private synchronized void end(String runId) {
        working.remove(runId);
    }

    /** What became of an order to stop. */
    public enum Cancelled {
        YES,
        /** It had ended. */
        TOO_LATE,
        UNKNOWN
    }

    /** Stops a run that waits or is at work here. */
    public synchronized Cancelled cancel(String runId) {
        boolean waited = state.transaction(context -> requests.cancel(context, runId));
        if (waited) {
            eventsOf(runId).tell(RunEvent.Type.CANCELLED, "cancelled before it began");
        }
        Investigations investigation = working.get(runId); // one that has not begun may wait for another process
        if (investigation != null) {
            investigation.cancel();
        }
        if (waited || investigation != null) {
            return Cancelled.YES;
        }
        return find(runId).isPresent() ? Cancelled.TOO_LATE : Cancelled.UNKNOWN;
    }

    /** Waits until the run has ended. */
    public RunView await(String runId) throws InterruptedException {
        while (true) {
            Optional<RunView> run = find(runId);
            if (run.isEmpty()) {
                throw new IllegalStateException("The run " + runId + " was forgotten while it was waited for.");
            }
            if (run.get().hasEnded()) {
                return run.get();
            }
            Thread.sleep(POLL);
        }
    }

    public Optional<RunView> find(String runId) {
        return state.read(context -> view(context, runId));
    }

    private Optional<RunView> view(DSLContext context, String runId) {
        Optional<RunTicket> ticket = requests.find(context, runId);
        return runs.find(context, runId)
                .map(run -> RunView.of(run, ticket.map(RunTicket::kind).orElse(Kind.RUN)))
                .or(() -> ticket.map(RunView::of));
    }

    /** Waiting runs, and then the others, the newest first. */
    public List<RunView> newest(int most) {
        return state.read(context -> Stream.concat(
                        requests.queued(context).reversed().stream().map(RunView::of),
                        runs.newest(context, most).stream().flatMap(run -> view(context, run.runId()).stream()))
                .limit(most)
                .toList());
    }

    /**
     * Tells what the run told after the event with this id, and what it tells from now on.
     *
     * @return ends the listening; empty when there is no such run
     */
    public Optional<Runnable> listen(String runId, long after, Consumer<RunEvent> listener) {
        Optional<RunView> run = find(runId);
        if (run.isEmpty()) {
            return Optional.empty();
        }
        RunEvents told = known(runId);
        if (told == null && run.get().hasEnded()) {
            told = new RunEvents();
            told.tell(
                    outcome(run.get()),
                    run.get().isCompleted()
                            ? "completed"
                            : String.valueOf(run.get().reason()));
        }
        return Optional.of((told == null ? eventsOf(runId) : told).listen(after, listener));
    }

    private static RunEvent.Type outcome(RunView run) {
        if (run.isCompleted()) {
            return RunEvent.Type.COMPLETED;
        }
        return run.status().equals(Status.CANCELLED.word()) ? RunEvent.Type.CANCELLED : RunEvent.Type.FAILED;
    }

    private synchronized @Nullable RunEvents known(String runId) {
        return events.get(runId);
    }

    private synchronized RunEvents eventsOf(String runId) {
        if (events.size() > REMEMBERED) {
            events.values().removeIf(RunEvents::isOver);
        }
        return events.computeIfAbsent(runId, id -> new RunEvents());
    }

    /** Stops the run at work and takes no more; what waits stays in the state. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            working.values().forEach(Investigations::cancel);
        }
        worker.shutdown();
        try {
            worker.awaitTermination(STOP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Passes on what a run tells. */
    private record Told(RunEvents events) implements Progress {

        @Override
        public void tell(String what) {
            events.tell(RunEvent.Type.PROGRESS, what);
        }

        @Override
        public void notice(String what) {
            events.tell(RunEvent.Type.NOTICE, what);
        }
    }
}
