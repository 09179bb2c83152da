package io.opsiq.cli;

import java.io.Serial;

/** What a command was asked cannot be done; the message says why and what to do. */
final class CommandFailure extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    CommandFailure(String message) {
        super(message);
    }
}
