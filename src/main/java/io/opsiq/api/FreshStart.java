package io.opsiq.api;

import io.opsiq.OpsIQ;
import io.opsiq.investigation.Investigations;
import io.opsiq.investigation.RunRequest;
import java.nio.file.Path;

/** Forgets all that was found and learned; demo books are made anew. */
public final class FreshStart {

    private final OpsIQ opsiq;
    private final Investigations investigations;
    private final RunRequest books;

    FreshStart(OpsIQ opsiq, Investigations investigations, RunRequest books) {
        this.opsiq = opsiq;
        this.investigations = investigations;
        this.books = books;
    }

    /**
     * Waits for a run at work to end.
     *
     * @return what was done, in words
     */
    public String begin() {
        investigations.forgetAll(() -> {});
        Path demo = opsiq.folder().resolve("demo-books").toAbsolutePath().normalize();
        if (!Path.of(books.data()).equals(demo)) {
            return "Forgotten: all runs, cases, feedback and memory. The books are as they were.";
        }
        opsiq.demoBooks().write(demo);
        return "Forgotten: all runs, cases, feedback and memory. The demo books are fresh, around today.";
    }
}
