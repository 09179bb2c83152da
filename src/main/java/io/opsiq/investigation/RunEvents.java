package io.opsiq.investigation;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** What one run told so far, for those who listen and those who come later. */
final class RunEvents {

    private final List<RunEvent> told = new ArrayList<>();
    private final List<Consumer<RunEvent>> listeners = new CopyOnWriteArrayList<>();

    /** Nothing is told after the end. */
    synchronized void tell(RunEvent.Type type, String what) {
        if (isOver()) {
            return;
        }
        RunEvent event = new RunEvent(told.size() + 1L, type, what, OptionalInt.empty());
        told.add(event);
        listeners.forEach(listener -> listener.accept(event));
        if (type.isLast()) {
            listeners.clear();
        }
    }

    /**
     * Tells what came after the event with this id, and what comes from now on.
     *
     * @return ends the listening
     */
    synchronized Runnable listen(long after, Consumer<RunEvent> listener) {
        told.stream().filter(event -> event.id() > after).forEach(listener);
        if (isOver()) {
            return () -> {};
        }
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    synchronized boolean isOver() {
        return !told.isEmpty() && told.getLast().type().isLast();
    }
}
