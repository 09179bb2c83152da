package io.opsiq.api;

import java.io.Serial;

/** The address cannot be listened on; the message names it and says what to do. */
public final class PortTakenException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    PortTakenException(ServerSettings settings, Throwable cause) {
        super(
                "Cannot listen on %s port %d: another program does, or this machine has no such address. Maybe stop it, or choose another: --port N, or --port 0 for a free one."
                        .formatted(settings.host(), settings.port()),
                cause);
    }
}
