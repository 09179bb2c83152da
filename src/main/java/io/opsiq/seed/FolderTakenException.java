package io.opsiq.seed;

import java.io.Serial;
import java.nio.file.Path;

/** Demo books were not written because they could have overwritten or mixed with something else; the message says what to do. */
public final class FolderTakenException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    FolderTakenException(Path folder, String why) {
        super(
                "Demo books are not written to %s: %s. Maybe name a new or empty folder, or move what is there away first."
                        .formatted(folder, why));
    }
}
