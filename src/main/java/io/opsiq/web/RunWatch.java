package io.opsiq.web;

import io.opsiq.investigation.RunEvent;
import io.opsiq.investigation.RunQueue;
import io.opsiq.investigation.RunView;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The run that is going on, for the pages that show it. */
final class RunWatch {

    private static final int LOOKED_AT = 5;
    private static final int LATEST = 6;

    private final RunQueue queue;

    RunWatch(RunQueue queue) {
        this.queue = queue;
    }

    /**
     * A run at work, or one that waits.
     *
     * @param latest what it told last, the newest first
     * @param steps how much it told
     */
    record Live(RunView run, List<RunEvent> latest, int steps) {

        /** What it is at. */
        public String doing() {
            return latest.isEmpty()
                    ? "at work in another process"
                    : latest.getFirst().what();
        }
    }

    /** The run at work, else the first that waits. */
    Optional<Live> now() {
        List<RunView> open =
                queue.newest(LOOKED_AT).stream().filter(run -> !run.hasEnded()).toList();
        return open.stream()
                .filter(run -> run.status().equals("running"))
                .findFirst()
                .or(() -> open.isEmpty() ? Optional.empty() : Optional.of(open.getLast()))
                .map(this::live);
    }

    Optional<Live> of(String runId) {
        return queue.find(runId).map(this::live);
    }

    private Live live(RunView run) {
        List<RunEvent> told = new CopyOnWriteArrayList<>();
        queue.listen(run.runId(), 0, told::add).ifPresent(Runnable::run);
        return new Live(run, told.reversed().stream().limit(LATEST).toList(), told.size());
    }
}
