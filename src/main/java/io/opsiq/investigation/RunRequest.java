package io.opsiq.investigation;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What to investigate.
 *
 * @param data the folder of the books
 * @param mapping name or folder of the mapping to read it through; null when it holds the contract's own tables
 * @param asOf the clock when the books' own latest moment shall not be it
 */
public record RunRequest(
        String data, @Nullable String mapping, @Nullable Instant asOf) {

    /** Paths are kept absolute, so that the request means the same from another working folder. */
    public static RunRequest of(Path data, @Nullable String mapping, @Nullable Instant asOf) {
        return new RunRequest(data.toAbsolutePath().normalize().toString(), mapping, asOf);
    }
}
