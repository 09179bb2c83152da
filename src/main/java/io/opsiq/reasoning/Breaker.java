package io.opsiq.reasoning;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Spares a model that fails: after some failures in a row nobody asks for a while, then one tries for all. */
final class Breaker {

    private final Clock clock;
    private final int most;
    private final Duration pause;
    private int failures;
    private boolean probing;
    private @Nullable Instant openUntil;

    Breaker(Clock clock, int most, Duration pause) {
        this.clock = clock;
        this.most = most;
        this.pause = pause;
    }

    /** Whether to ask. Who was let through says how it went: one of the three below. */
    synchronized boolean lets() {
        if (openUntil == null) {
            return true;
        }
        if (probing || clock.instant().isBefore(openUntil)) {
            return false;
        }
        probing = true;
        return true;
    }

    synchronized void succeeded() {
        failures = 0;
        openUntil = null;
        probing = false;
    }

    synchronized void failed() {
        failures++;
        if (probing || failures >= most) {
            open();
        }
    }

    /** It makes no sense to ask again soon. */
    synchronized void open() {
        openUntil = clock.instant().plus(pause);
        probing = false;
    }

    /** The call says nothing about the model. */
    synchronized void gaveUp() {
        probing = false;
    }

    synchronized boolean isOpen() {
        return openUntil != null && clock.instant().isBefore(openUntil);
    }
}
