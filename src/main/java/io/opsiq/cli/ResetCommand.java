package io.opsiq.cli;

import io.opsiq.OpsIQ;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Forgets everything, after asking. */
@Command(name = "reset", description = "Forgets cases, feedback, memory and traces. Asks first.")
final class ResetCommand implements Runnable {

    private final Console console;

    @Mixin
    StateOption state = new StateOption();

    @Option(names = "--yes", description = "Do not ask.")
    boolean yes;

    ResetCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        OpsIQ opsiq = state.open();
        if (!yes && !confirmed(opsiq)) {
            throw new CommandFailure("Nothing was forgotten.");
        }
        opsiq.investigations()
                .forgetAll(() -> console.tell("Another process runs on this state; waiting for it to end."));
        console.print("Forgotten: all cases, runs and what they left in %s.", opsiq.folder());
    }

    private boolean confirmed(OpsIQ opsiq) {
        console.tell("This forgets all cases, feedback, memory and traces in "
                + opsiq.folder().toAbsolutePath().normalize() + ". Type reset to go on:");
        try {
            @Nullable
            String answer = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            return answer != null && answer.strip().matches("(?i)reset|yes|y");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the answer", e);
        }
    }
}
