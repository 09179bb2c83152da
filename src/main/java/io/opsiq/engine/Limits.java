package io.opsiq.engine;

import java.time.Duration;

/**
 * What one question may use.
 *
 * @param memory DuckDB's memory limit, such as {@code 500MB}; nothing is spilled
 * @param threads worker threads
 * @param time after which a statement is stopped
 * @param rows most rows that a result has
 */
public record Limits(String memory, int threads, Duration time, int rows) {

    /** Ten seconds and ten thousand rows, with the engine's memory and threads. */
    public static Limits of(EngineSettings settings) {
        return new Limits(settings.memory(), settings.threads(), Duration.ofSeconds(10), 10_000);
    }

    public Limits within(Duration longest) {
        return new Limits(memory, threads, longest, rows);
    }

    public Limits atMost(int most) {
        return new Limits(memory, threads, time, most);
    }
}
