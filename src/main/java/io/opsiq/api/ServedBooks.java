package io.opsiq.api;

import io.opsiq.OpsIQ;
import io.opsiq.books.Snapshot;
import io.opsiq.engine.Sandbox;
import io.opsiq.investigation.Investigations;
import io.opsiq.investigation.RunRequest;
import io.opsiq.signals.Signal;
import io.opsiq.signals.Signals;
import io.opsiq.sources.MappingException;
import io.opsiq.sources.SourceException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The books that the server serves. */
final class ServedBooks {

    private static final Duration FRESH = Duration.ofSeconds(5);

    private final OpsIQ opsiq;
    private final RunRequest books;
    private volatile @Nullable Looked looked;

    ServedBooks(OpsIQ opsiq, RunRequest books) {
        this.opsiq = opsiq;
        this.books = books;
    }

    private record Looked(List<String> tables, long nanos) {}

    /** Which tables they have; looked up at most every few seconds, and without opening a file. */
    List<String> tables() {
        Looked last = looked;
        if (last == null || System.nanoTime() - last.nanos() > FRESH.toNanos()) {
            last = new Looked(names(), System.nanoTime());
            looked = last;
        }
        return last.tables();
    }

    private List<String> names() {
        try {
            return Investigations.source(books).names();
        } catch (SourceException | MappingException e) {
            return List.of(); // books that are gone are no reason not to be there; a run says what is wrong
        }
    }

    /** The first of their signals, the most urgent first. */
    List<Signal> signals(int most) {
        try (Snapshot snapshot = opsiq.snapshots().of(Investigations.source(books), books.asOf());
                Sandbox sandbox = snapshot.open()) {
            return new Signals(sandbox).mostUrgent(most);
        }
    }
}
