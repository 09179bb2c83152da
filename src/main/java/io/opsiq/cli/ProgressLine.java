package io.opsiq.cli;

import io.opsiq.investigation.Investigations;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The line on a terminal that says what is being done and, while it is long, how far it is. */
final class ProgressLine implements Investigations.Progress, AutoCloseable {

    private static final int REDRAWN_MILLIS = 300;

    private final Console console;
    private final Supplier<OptionalInt> percent;
    private final ScheduledExecutorService clock;
    private volatile String what = "";

    ProgressLine(Console console, Supplier<OptionalInt> percent) {
        this.console = console;
        this.percent = percent;
        this.clock =
                Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
        if (console.drawsProgress()) {
            var _ = clock.scheduleAtFixedRate(this::redraw, REDRAWN_MILLIS, REDRAWN_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void tell(String doing) {
        what = doing;
        console.progress(doing);
    }

    @Override
    public void notice(String text) {
        console.tell(text);
    }

    @Override
    public boolean drawsPercent() {
        return console.drawsProgress();
    }

    private void redraw() {
        percent.get().ifPresent(done -> console.progress(what + " " + done + " %"));
    }

    @Override
    public void close() {
        clock.shutdownNow();
        console.clearProgress();
    }
}
