package io.opsiq.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One investigation, no server. */
@Command(name = "run", description = "Investigates books and prints the ranked cases.")
final class RunCommand implements Runnable {

    private final Console console;

    @Mixin
    StateOption state = new StateOption();

    @Mixin
    BooksOptions books = new BooksOptions();

    @Option(names = "--json", description = "Print the run as JSON.")
    boolean json;

    RunCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        new RunReport(console, state.open()).run(books.request(), json);
    }
}
