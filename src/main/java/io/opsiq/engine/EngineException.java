package io.opsiq.engine;

import java.io.Serial;
import java.sql.SQLException;

/** A statement that the engine refused or that was cancelled; the message says what the engine said. */
public final class EngineException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final String OUT_OF_MEMORY = "Out of Memory Error";

    EngineException(String message) {
        super(message);
    }

    EngineException(SQLException cause) {
        super(said(cause), cause);
    }

    /** The engine's own advice on memory speaks of settings that a user of OpsIQ does not have. */
    private static String said(SQLException cause) {
        String message = String.valueOf(cause.getMessage());
        return message.startsWith(OUT_OF_MEMORY)
                ? message.lines().findFirst().orElse(message)
                        + ". The work needs more memory than the engine may take. Maybe raise OPSIQ_MEMORY, or lower OPSIQ_THREADS."
                : message;
    }
}
