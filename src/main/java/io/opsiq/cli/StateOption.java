package io.opsiq.cli;

import io.opsiq.OpsIQ;
import io.opsiq.Settings;
import java.nio.file.Path;
import java.time.Clock;
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
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    OpsIQ open() {
        return new OpsIQ(folder, Clock.systemUTC(), Settings.ofEnvironment());
    }
}
