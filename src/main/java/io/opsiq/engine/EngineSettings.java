package io.opsiq.engine;

import java.nio.file.Path;

/**
 * How much of the machine the engine may use.
 *
 * @param folder where the engine's own file and its spill files live while it is open; created when missing
 * @param memory DuckDB's memory limit, such as {@code 1500MB}; what does not fit is spilled to {@code folder}
 * @param threads worker threads
 */
public record EngineSettings(Path folder, String memory, int threads) {

    /** The default limit: with the JVM's own share a run stays under 3 GiB. */
    public static final String DEFAULT_MEMORY = "1536MB";

    /** Settings with the default memory and one thread a core. */
    public static EngineSettings in(Path folder) {
        return new EngineSettings(folder, DEFAULT_MEMORY, Runtime.getRuntime().availableProcessors());
    }
}
