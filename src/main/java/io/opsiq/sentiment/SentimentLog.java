package io.opsiq.sentiment;

import io.opsiq.state.State;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Reads texts that people hand in, and keeps the latest of them with what they were read as. */
public final class SentimentLog {

    private final State state;
    private final Sentiment sentiment;
    private final Clock clock;
    private final SentimentRepository repository = new SentimentRepository();

    public SentimentLog(State state, Sentiment sentiment, Clock clock) {
        this.state = state;
        this.sentiment = sentiment;
        this.clock = clock;
    }

    /** A text that was read. */
    public record Logged(String text, String context, Reading result, Instant timestamp) {}

    /**
     * Reads the text and logs it.
     *
     * @param context where the text is from; logged only
     */
    public Reading read(String text, String context) {
        Reading reading = sentiment.read(text);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        state.change(transaction -> repository.add(transaction, new Logged(text, context, reading, now)));
        return reading;
    }

    /** The latest first, at most this many. */
    public List<Logged> newest(int most) {
        return state.read(context -> repository.newest(context, most));
    }
}
