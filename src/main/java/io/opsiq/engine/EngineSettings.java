package io.opsiq.engine;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much of the machine the engine may use.
 *
 * @param folder where the engine's own file and its spill files live while it is open; created when missing
 * @param memory DuckDB's memory limit, such as {@code 1500MB}; what does not fit is spilled to {@code folder}
 * @param threads worker threads
 * @param measured whether {@link Engine#percent()} shall have an answer, for which DuckDB looks again and again while it works
 */
public record EngineSettings(Path folder, String memory, int threads, boolean measured) {

    private static final long MOST = 3_000;
    private static final Pattern SIZE = Pattern.compile("(?i)(\\d+)\\s*([MG])(i?)B");

    public EngineSettings(Path folder, String memory, int threads) {
        this(folder, memory, threads, false);
    }

    /** The same, {@link #measured()} or not. */
    public EngineSettings measured(boolean asked) {
        return new EngineSettings(folder, memory, threads, asked);
    }

    /** Settings with the default memory and one thread a core. */
    public static EngineSettings in(Path folder) {
        return new EngineSettings(folder, defaultMemory(), Runtime.getRuntime().availableProcessors());
    }

    /** {@link #memory()} in bytes. */
    long bytes() {
        Matcher size = SIZE.matcher(memory);
        if (!size.matches()) {
            throw new IllegalArgumentException("'" + memory + "' is no size such as 1500MB.");
        }
        long thousand = size.group(3).isEmpty() ? 1_000 : 1_024;
        long million = thousand * thousand;
        return Long.parseLong(size.group(1)) * (size.group(2).equalsIgnoreCase("M") ? million : million * thousand);
    }

    /** 3,000 MB, with which and the JVM's own share a run stays under 4 GiB; at most half of what the machine or container has. */
    private static String defaultMemory() {
        return Math.min(MOST, memoryOfMachine() / 2_000_000) + "MB";
    }

    private static long memoryOfMachine() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine
                ? machine.getTotalMemorySize()
                : Long.MAX_VALUE;
    }
}
