package io.opsiq.cli;

import io.opsiq.Settings;
import io.opsiq.detectors.Skeleton;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The beginning of a detector. */
@Command(name = "new", description = "Writes the folder of a new detector: small, complete and tested, to be changed.")
final class NewDetectorCommand implements Runnable {

    private final Console console;

    @Mixin
    StateOption state = new StateOption();

    @Parameters(paramLabel = "ID", description = "Its id: small letters, digits and underscores, such as stale_coupon.")
    String id = "";

    NewDetectorCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        Path home = Path.of(state.settings().get(Settings.DETECTORS).orElse("my-detectors"));
        List<Path> written = Skeleton.write(home, id);
        written.forEach(file -> console.print("%s", file));
        console.print("");
        console.print("Next: change them, then run");
        console.print("  opsiq detectors test %s --detectors %s", id, home);
        console.print("  opsiq run --data DIR --detectors %s", home);
    }
}
