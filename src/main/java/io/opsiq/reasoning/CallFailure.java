package io.opsiq.reasoning;

import io.opsiq.reasoning.Decision.Because;
import java.io.Serial;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A call that brought no answer. It carries no text from the server, no address and no header: none of them can leak. */
final class CallFailure extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final Because because;
    private final @Nullable Duration wait;

    CallFailure(Because because) {
        this(because, null);
    }

    /** @param wait how long the server wants to be left alone */
    CallFailure(Because because, @Nullable Duration wait) {
        super(because.sentence(), null, false, false);
        this.because = because;
        this.wait = wait;
    }

    Because because() {
        return because;
    }

    @Nullable
    Duration retryAfter() {
        return wait;
    }

    /** Whether the same request may go well a little later. */
    boolean mayPass() {
        return switch (because) {
            case RATE_LIMITED, SERVER_ERROR, UNREACHABLE -> true;
            default -> false;
        };
    }

    /** Whether it says that the model is not well. */
    boolean isTrouble() {
        return mayPass()
                || because == Because.TIME_OUT
                || because == Because.TOO_LONG
                || because == Because.INVALID_ANSWER;
    }
}
