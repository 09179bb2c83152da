package io.opsiq.seed;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The seven tables of the demo: the same ids, customers, amounts and planted leaks on every day they are written, with dates
 * relative to that day.
 *
 * <p>Planted are the duplicate refund REF003/REF004, the underbilled INV008, INV010 billed on another plan, a day of EMEA refunds
 * and the large manual credit REF009. No date lies in the future, and none makes a further leak by the way the calendar falls.
 */
public final class DemoBooks {
    private static final List<String> TABLES =
            List.of("customers", "subscriptions", "invoices", "payments", "refunds", "usage_events", "signal_events");

    private final Clock clock;

    /** Demo books whose today is the clock's, in UTC. */
    public DemoBooks(Clock clock) {
        this.clock = clock;
    }

    /**
     * Writes the tables as CSV files, and a hidden file that marks the folder as one of demo books. The folder is made if it is
     * missing; demo books in it are overwritten, file by file, each at once.
     *
     * @throws FolderTakenException if the folder holds anything visible but demo books; nothing is changed then
     * @throws UncheckedIOException if the folder cannot be read or written
     */
    public void write(Path folder) {
        try {
            DemoFolder target = new DemoFolder(folder);
            Map<String, String> files = files();
            target.claim(files);
            for (var file : files.entrySet()) {
                target.put(file.getKey(), file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The demo books could not be written to %s (%s: %s). Maybe the folder is not writable or the disk is full."
                            .formatted(folder, e.getClass().getSimpleName(), e.getMessage()),
                    e);
        }
    }

    private Map<String, String> files() throws IOException {
        DemoCalendar calendar = DemoCalendar.at(clock);
        Map<String, String> files = new LinkedHashMap<>();
        for (String table : TABLES) {
            files.put(table + ".csv", calendar.resolve(template(table + ".csv")));
        }
        return files;
    }

    private static String template(String file) throws IOException {
        String resource = "/samples/demo/" + file;
        try (InputStream in = DemoBooks.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new FileNotFoundException("the template " + resource + " is missing from this build");
            }
            // A checkout may have turned the templates' line ends into the platform's.
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        }
    }
}
