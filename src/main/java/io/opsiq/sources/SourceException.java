package io.opsiq.sources;

import java.io.Serial;

/** A source that cannot be read; the message names it, says why and what to do. */
public final class SourceException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public SourceException(String message) {
        super(message);
    }

    public SourceException(String message, Throwable cause) {
        super(message, cause);
    }
}
