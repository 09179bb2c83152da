package io.opsiq.cli;

import io.opsiq.OpsIQ;
import io.opsiq.Settings;
import io.opsiq.cli.BooksOptions.KnownMapping;
import io.opsiq.investigation.Run;
import io.opsiq.investigation.RunRequest;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The server. */
@Command(name = "serve", description = "Serves the REST API until it is told to end.")
final class ServeCommand implements Runnable {

    private final Console console;

    @Mixin
    StateOption state = new StateOption();

    @Mixin
    ServerOptions server = new ServerOptions();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of the books (default: those of the last run, else the demo's).")
    @Nullable
    Path data;

    @Option(
            names = "--mapping",
            paramLabel = "NAME|DIR",
            converter = KnownMapping.class,
            description = "Reads the books through this mapping.")
    @Nullable
    String mapping;

    ServeCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        OpsIQ opsiq = state.open();
        new Serving(console).serve(opsiq, server.settings(Settings.ofEnvironment(), books(opsiq)), server -> {});
    }

    private RunRequest books(OpsIQ opsiq) {
        if (data != null) {
            return RunRequest.of(data, mapping, null);
        }
        Optional<RunRequest> last = opsiq.investigations().latest().map(Run::request);
        if (last.isPresent()) {
            return last.get();
        }
        console.tell("No books named: serving demo books. Maybe name yours with --data DIR.");
        return DemoCommand.books(opsiq);
    }
}
