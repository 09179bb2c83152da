package io.opsiq.reasoning;

import java.time.Duration;

/** What one run may still spend. */
final class Budget {

    private int calls;
    private int tokens;
    private Duration time;

    Budget(Limits limits) {
        calls = limits.calls();
        tokens = limits.tokens();
        time = limits.run();
    }

    /** Sets this much aside for a call; false when it is not there. */
    synchronized boolean takes(int estimate) {
        if (calls < 1 || tokens < estimate) {
            return false;
        }
        calls--;
        tokens -= estimate;
        return true;
    }

    /** The call cost this much, not what was set aside for it. */
    synchronized void settles(int estimate, int spent) {
        tokens += estimate - spent;
    }

    synchronized Duration time() {
        return time;
    }

    synchronized void waited(Duration spent) {
        time = spent.compareTo(time) < 0 ? time.minus(spent) : Duration.ZERO;
    }
}
