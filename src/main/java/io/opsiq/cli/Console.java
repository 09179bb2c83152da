package io.opsiq.cli;

import com.google.errorprone.annotations.FormatMethod;
import java.io.PrintStream;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** Where commands print: results to one stream, progress and complaints to the other. */
final class Console {

    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;
    private boolean progressShown;

    /** @param terminal whether {@code err} is a terminal, on which progress may be drawn */
    Console(PrintStream out, PrintStream err, boolean terminal) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
    }

    PrintWriter outWriter() {
        return new PrintWriter(out, true, out.charset());
    }

    PrintWriter errWriter() {
        return new PrintWriter(err, true, err.charset());
    }

    /** A line of the result. */
    void print(String line) {
        out.println(clean(line));
    }

    /** A line of the result with values put in. */
    @FormatMethod
    void print(String format, @Nullable Object... values) {
        print(format.formatted(values));
    }

    /** Shows the result so far, before the program ends. */
    void flush() {
        out.flush();
    }

    /** A line for whoever watches. */
    void tell(String line) {
        clearProgress();
        err.println(clean(line));
    }

    /** Whether progress is drawn at all. */
    boolean drawsProgress() {
        return terminal;
    }

    /** What is going on; drawn over what was going on before, and only on a terminal. */
    synchronized void progress(String what) {
        if (terminal) {
            err.print("\r\u001b[2K" + clean(what) + " …");
            err.flush();
            progressShown = true;
        }
    }

    synchronized void clearProgress() {
        if (progressShown) {
            err.print("\r\u001b[2K");
            err.flush();
            progressShown = false;
        }
    }

    /** Text from books may hold anything; control characters would let it draw on the terminal. */
    static String clean(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\\n\\t]]", "\ufffd");
    }
}
