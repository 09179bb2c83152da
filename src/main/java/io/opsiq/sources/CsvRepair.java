package io.opsiq.sources;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a copy of a CSV file that the engine can read where it cannot read the file itself: line ends are of one kind, and a
 * line whose quote is never rightly closed is blank, so that it does not swallow the rows behind it. Every other line keeps
 * its number.
 */
final class CsvRepair {

    private static final int LONGEST_RECORD = 1 << 20;

    private final InputStream in;
    private final char delimiter;
    private final Deque<Line> putBack = new ArrayDeque<>();
    private long number;

    private CsvRepair(InputStream in, char delimiter) {
        this.in = in;
        this.delimiter = delimiter;
    }

    /** A line with its end, a character a byte. */
    private record Line(long number, String bytes) {

        String text() {
            return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8).strip();
        }
    }

    /** Writes the copy; the lines that it leaves out, by number and text. */
    static List<Broken> copy(Path from, Path to, char delimiter) throws IOException {
        try (InputStream in = CsvRecords.open(from);
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(to))) {
            return new CsvRepair(in, delimiter).copyTo(out);
        }
    }

    /** A line that was left out. */
    record Broken(long line, String text) {}

    private List<Broken> copyTo(OutputStream out) throws IOException {
        List<Broken> broken = new ArrayList<>();
        for (Line first = next(); first != null; first = next()) {
            List<Line> record = record(first);
            if (record.isEmpty()) {
                broken.add(new Broken(first.number(), first.text()));
                out.write('\n');
            }
            for (Line line : record) {
                out.write(line.bytes().getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return broken;
    }

    /** The lines of the record that begins with this one; none when its quotes are not well set: then only it is taken. */
    private List<Line> record(Line first) throws IOException {
        List<Line> lines = new ArrayList<>(List.of(first));
        Quoting quoting = new Quoting(delimiter);
        quoting.follow(first.bytes());
        int length = first.bytes().length();
        while (quoting.open() && length <= LONGEST_RECORD) {
            Line line = next();
            if (line == null) {
                break;
            }
            lines.add(line);
            quoting.follow(line.bytes());
            length += line.bytes().length();
        }
        if (quoting.open() || quoting.broken()) {
            lines.subList(1, lines.size()).reversed().forEach(putBack::addFirst);
            return List.of();
        }
        return lines;
    }

    private @Nullable Line next() throws IOException {
        return putBack.isEmpty() ? read() : putBack.removeFirst();
    }

    private @Nullable Line read() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int b = in.read();
        if (b < 0) {
            return null;
        }
        for (; b >= 0 && b != '\n'; b = in.read()) {
            line.write(b);
        }
        String bytes = line.toString(StandardCharsets.ISO_8859_1);
        return new Line(++number, (bytes.endsWith("\r") ? bytes.substring(0, bytes.length() - 1) : bytes) + "\n");
    }
}
