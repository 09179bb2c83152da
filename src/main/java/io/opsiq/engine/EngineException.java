package io.opsiq.engine;

import java.io.Serial;
import java.sql.SQLException;

/** A statement that the engine refused or that was cancelled; the message says what the engine said. */
public final class EngineException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    EngineException(String message) {
        super(message);
    }

    EngineException(SQLException cause) {
        super(cause.getMessage(), cause);
    }
}
