package io.opsiq.api;

import io.opsiq.investigation.Investigations;
import io.opsiq.investigation.RunRequest;
import io.opsiq.sources.MappingException;
import io.opsiq.sources.SourceException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which tables the served books have; looked up at most every few seconds, and without opening a file. */
final class ServedBooks {

    private static final Duration FRESH = Duration.ofSeconds(5);

    private final RunRequest books;
    private volatile @Nullable Looked looked;

    ServedBooks(RunRequest books) {
        this.books = books;
    }

    private record Looked(List<String> tables, long nanos) {}

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
}
