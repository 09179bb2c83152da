package io.opsiq.api;

import io.opsiq.investigation.RunEvent;
import io.opsiq.investigation.RunQueue;
import io.opsiq.investigation.RunView;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Waits for runs, and listens to them, on behalf of requests. */
final class Runs {

    private static final long LOOK_MILLIS = 500;
    private static final long KEEP_ALIVE_MILLIS = 10_000;

    private final RunQueue queue;
    private final ServerLife life;

    Runs(RunQueue queue, ServerLife life) {
        this.queue = queue;
        this.life = life;
    }

    RunView find(String runId) {
        return queue.find(runId)
                .orElseThrow(
                        () -> Refusal.unknown("There is no run " + runId + ". Maybe look among GET /monitor/runs."));
    }

    /** The run once it has ended. */
    RunView await(String runId) {
        listen(runId, 0, new Listener() {
            @Override
            public void heard(RunEvent event) {}

            @Override
            public void stillThere() {}
        });
        return queue.find(runId)
                .orElseThrow(() ->
                        Refusal.conflict("The run " + runId + " was forgotten by a reset while it was waited for."));
    }

    /** Someone who wants to hear what a run tells. */
    interface Listener {

        void heard(RunEvent event);

        /** Called now and then while nothing is told. */
        void stillThere();
    }

    /** Tells what the run told after this event and what it tells until it ends. */
    void listen(String runId, long after, Listener listener) {
        BlockingQueue<RunEvent> told = new LinkedBlockingQueue<>();
        Runnable stop = queue.listen(runId, after, told::add)
                .orElseThrow(
                        () -> Refusal.unknown("There is no run " + runId + ". Maybe look among GET /monitor/runs."));
        try {
            pass(runId, told, listener);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.stopping();
        } finally {
            stop.run();
        }
    }

    private void pass(String runId, BlockingQueue<RunEvent> told, Listener listener) throws InterruptedException {
        long silent = 0;
        while (true) {
            @Nullable RunEvent event = told.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            if (event != null) {
                listener.heard(event);
                silent = 0;
                if (event.type().isLast()) {
                    return;
                }
                continue;
            }
            if (hasGone(runId)) {
                return;
            }
            silent += LOOK_MILLIS;
            if (silent >= KEEP_ALIVE_MILLIS) {
                listener.stillThere();
                silent = 0;
            }
        }
    }

    /** Whether no more will be told here: another process ended the run, a reset forgot it, or the server stops before its turn. */
    private boolean hasGone(String runId) {
        var run = queue.find(runId);
        if (run.isEmpty() || run.get().hasEnded()) {
            return true;
        }
        if (life.isStopping() && run.get().status().equals("queued")) {
            throw Refusal.stopping();
        }
        return false;
    }
}
