package io.opsiq.api;

import io.opsiq.sentiment.Reading;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The texts that were read for somebody since the server started, the last ones only. */
final class AnalysisLog {

    private static final int KEPT = 1000;

    private final Clock clock;
    private final Deque<Entry> entries = new ArrayDeque<>();

    AnalysisLog(Clock clock) {
        this.clock = clock;
    }

    /** One reading. The text itself is kept as long as a reader of the log needs to know it by. */
    record Entry(Instant timestamp, String text, @Nullable String context, Reading result) {}

    synchronized void add(String text, @Nullable String context, Reading reading) {
        if (entries.size() == KEPT) {
            entries.removeFirst();
        }
        entries.addLast(new Entry(clock.instant().truncatedTo(ChronoUnit.MILLIS), shortened(text), context, reading));
    }

    synchronized List<Entry> latestFirst() {
        return List.copyOf(entries.reversed());
    }

    private static String shortened(String text) {
        return text.length() <= 200 ? text : text.substring(0, 199) + "…";
    }
}
