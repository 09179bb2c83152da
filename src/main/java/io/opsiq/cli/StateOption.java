package io.opsiq.cli;

import io.opsiq.OpsIQ;
import io.opsiq.Settings;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that every command takes, and what it opens. */
final class StateOption {

    @Option(
            names = "--state",
            paramLabel = "PATH",
            defaultValue = ".opsiq",
            description = "Folder of cases, feedback and memory (default: ${DEFAULT-VALUE}).")
    Path folder = Path.of(".opsiq");

    @Option(
            names = "--detectors",
            paramLabel = "DIR",
            description =
                    "Folder of your own detectors, beside those that come with OpsIQ (OPSIQ_DETECTORS does the same).")
    @Nullable
    Path detectors;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    /** The environment's, and what options say instead. */
    Settings settings() {
        Settings settings = Settings.ofEnvironment();
        return detectors == null ? settings : settings.with(Settings.DETECTORS, detectors.toString());
    }

    OpsIQ open() {
        return new OpsIQ(folder, Clock.systemUTC(), settings());
    }
}
