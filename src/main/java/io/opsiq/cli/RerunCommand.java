package io.opsiq.cli;

import io.opsiq.OpsIQ;
import io.opsiq.investigation.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Triage again, on the books of the last completed run. */
@Command(name = "rerun", description = "Triages the books of the last run again.")
final class RerunCommand implements Runnable {

    private final Console console;

    @Mixin
    StateOption state = new StateOption();

    @Option(names = "--json", description = "Print the run as JSON.")
    boolean json;

    RerunCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        OpsIQ opsiq = state.open();
        Run last = opsiq.investigations()
                .latest()
                .orElseThrow(
                        () -> new CommandFailure("There is no run to repeat. Maybe begin with: opsiq run --data DIR"));
        new RunReport(console, opsiq).run(last.request(), json);
    }
}
