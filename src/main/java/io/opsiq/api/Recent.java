package io.opsiq.api;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that is asked for many times at once and looked up once: what is a few seconds old serves. */
final class Recent<T> implements Supplier<T> {

    private static final Duration FRESH = Duration.ofSeconds(2);

    private final Supplier<T> source;
    private @Nullable T value;
    private long lookedUp;

    Recent(Supplier<T> source) {
        this.source = source;
    }

    @Override
    public synchronized T get() {
        T known = value;
        if (known == null || System.nanoTime() - lookedUp > FRESH.toNanos()) {
            known = source.get();
            value = known;
            lookedUp = System.nanoTime();
        }
        return known;
    }
}
