package io.opsiq.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;

/** Where the program starts. */
public final class Main {

    private Main() {}

    /** Ends with the exit code: 0 done, 1 failed, 2 wrong usage, 3 the books cannot be read at all. */
    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT); // numbers and dates read the same everywhere
        quietLibraries();
        ResultStream result = new ResultStream();
        PrintStream out = new PrintStream(result, false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        Console console = new Console(out, err, Boolean.getBoolean("opsiq.terminal"));
        int code = commandLine(console).execute(args);
        out.flush();
        Optional<String> failure = result.failure();
        if (failure.isPresent()) {
            console.tell("opsiq: the result could not be written: " + failure.get());
            code = code == 0 ? Failures.FAILED : code;
        }
        if (!Interrupts.shuttingDown()) {
            Interrupts.finished();
            System.exit(code);
        }
    }

    /** All commands, printing to this console. */
    static CommandLine commandLine(Console console) {
        CommandLine line = new CommandLine(new OpsiqCommand(), new CommandFactory(console))
                .setOut(console.outWriter())
                .setErr(console.errWriter())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(false)
                .setExecutionExceptionHandler(new Failures(console));
        line.getSubcommands().values().forEach(each -> each.setUsageHelpWidth(100));
        return line;
    }

    private static void quietLibraries() {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tF %1$tT %4$s %5$s%6$s%n");
        Logger.getLogger("").setLevel(Level.SEVERE);
    }
}
