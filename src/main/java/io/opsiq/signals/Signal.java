package io.opsiq.signals;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A monitoring signal. Everything in it comes from outside and is shown, never obeyed.
 *
 * @param payload the JSON object that came with it; {@code {"text": …}} where it was none
 */
public record Signal(
        String signalId,
        @Nullable Instant timestamp,
        @Nullable String signalType,
        @Nullable String severity,
        @Nullable String source,
        @Nullable String relatedEntity,
        Map<String, Object> payload) {

    /** The most severe first, of equally severe ones the latest, then by id. */
    public static final Comparator<Signal> BY_URGENCY = Comparator.<Signal>comparingInt(Signal::grade)
            .thenComparing(Signal::timestamp, Comparator.nullsLast(Comparator.reverseOrder()))
            .thenComparing(Signal::signalId);

    /** 0 critical … 3 low, 4 for anything else. */
    private int grade() {
        return switch (String.valueOf(severity)) {
            case "critical" -> 0;
            case "high" -> 1;
            case "medium" -> 2;
            case "low" -> 3;
            default -> 4;
        };
    }

    /** What the signal weighs against others: 4 critical … 1 low, 0 for anything else. */
    public int weight() {
        return 4 - grade();
    }
}
