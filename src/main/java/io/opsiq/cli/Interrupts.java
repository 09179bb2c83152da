package io.opsiq.cli;

import java.time.Duration;

/** Ctrl-C and termination: what is under way is asked to stop and given a moment to say so. */
final class Interrupts {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static volatile boolean shuttingDown;
    private static volatile boolean finished;

    private Interrupts() {}

    /** Whether the program was told to end; whoever sees it must not call for another end. */
    static boolean shuttingDown() {
        return shuttingDown;
    }

    /** Says that the program ends of its own accord, so that its end is no interrupt. */
    static void finished() {
        finished = true;
    }

    /** Runs {@code stop} when the program is told to end, and waits for the calling thread to come to its end. */
    static void onInterrupt(Runnable stop) {
        Thread worker = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (finished) {
                return;
            }
            shuttingDown = true;
            stop.run();
            try {
                worker.join(PATIENCE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }
}
