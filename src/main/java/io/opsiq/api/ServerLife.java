package io.opsiq.api;

import io.opsiq.investigation.RunQueue;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Opens the queue of runs with the server and closes it while the server stops: a run at work is cancelled, so that those who wait
 * for it get their answer.
 */
final class ServerLife implements SmartLifecycle {

    private final RunQueue queue;
    private volatile boolean running;
    private volatile boolean stopping;

    ServerLife(RunQueue queue) {
        this.queue = queue;
    }

    boolean isStopping() {
        return stopping;
    }

    @Override
    public void start() {
        queue.open();
        running = true;
    }

    @Override
    public void stop(Runnable whenStopped) {
        stopping = true;
        Thread.ofPlatform().name("opsiq-stop").start(() -> {
            queue.close();
            running = false;
            whenStopped.run();
        });
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** The same as that in which the server lets requests come to their end: they wait for runs. */
    @Override
    public int getPhase() {
        return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
    }
}
