package io.opsiq.investigation;

import java.io.Serial;

/** A run that did not complete; the state is as it was before, and the message says why. */
public final class RunFailure extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    RunFailure(String message) {
        super(message);
    }
}
