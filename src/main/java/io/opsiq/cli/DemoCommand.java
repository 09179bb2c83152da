package io.opsiq.cli;

import io.opsiq.OpsIQ;
import io.opsiq.Settings;
import io.opsiq.investigation.RunRequest;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Fresh demo books, investigated and served. */
@Command(
        name = "demo",
        description = "Makes demo books around today, serves them, investigates them and prints the ranked cases.")
final class DemoCommand implements Runnable {

    private final Console console;

    @Mixin
    StateOption state = new StateOption();

    @Mixin
    ServerOptions server = new ServerOptions();

    DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        OpsIQ opsiq = state.open();
        RunRequest books = books(opsiq);
        new Serving(console)
                .serve(
                        opsiq,
                        server.settings(Settings.ofEnvironment(), books),
                        server -> new RunReport(console, opsiq).run(server.runs(), books));
    }

    /** Fresh ones, in the state folder. */
    static RunRequest books(OpsIQ opsiq) {
        Path folder = opsiq.folder().resolve("demo-books");
        opsiq.demoBooks().write(folder);
        return RunRequest.of(folder, null, null);
    }
}
