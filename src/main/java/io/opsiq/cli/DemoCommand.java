package io.opsiq.cli;

import io.opsiq.OpsIQ;
import io.opsiq.investigation.RunRequest;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Fresh demo books, investigated. */
@Command(name = "demo", description = "Makes demo books around today, investigates them and prints the ranked cases.")
final class DemoCommand implements Runnable {

    private final Console console;

    @Mixin
    StateOption state = new StateOption();

    DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        OpsIQ opsiq = state.open();
        Path books = opsiq.folder().resolve("demo-books");
        opsiq.demoBooks().write(books);
        new RunReport(console, opsiq).run(RunRequest.of(books, null, null), false);
    }
}
