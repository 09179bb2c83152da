package io.opsiq.state;

import java.io.Serial;

/** A state that cannot be opened, read or written; the message names its folder. */
public final class StateException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    StateException(String message) {
        super(message);
    }

    StateException(String message, Throwable cause) {
        super(message, cause);
    }
}
