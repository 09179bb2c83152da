package io.opsiq.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Writes demo books. */
@Command(name = "seed", description = "Writes demo books: the original demo's planted leaks, around today.")
final class SeedCommand implements Runnable {

    private final Console console;

    @Mixin
    StateOption state = new StateOption();

    @Parameters(paramLabel = "DIR", description = "Folder to write them to; made when missing.")
    Path folder = Path.of(".");

    SeedCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        state.open().demoBooks().write(folder);
        console.print("Demo books are in %s. Next: opsiq run --data %s", folder, folder);
    }
}
