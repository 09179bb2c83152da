package io.opsiq.sources;

import java.io.Serial;

/** A mapping that is not there, not as it must be, or fails on the files at hand; the message names its file. */
public final class MappingException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    MappingException(String message) {
        super(message);
    }

    MappingException(String message, Throwable cause) {
        super(message, cause);
    }
}
