package io.opsiq.sources;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * Walks the records of a CSV file without reading their values, to learn on which line each begins. The engine reads the
 * values, but counts records, not lines: quoted line breaks and empty lines set the two apart.
 */
final class CsvRecords implements Closeable {

    private static final int CAPTURED = 1 << 20;

    private final InputStream in;
    private final int delimiter;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private long position;
    private long lines = 1;
    private int ahead;
    private long offset;
    private long line;
    private boolean blank;
    private long emptyLines;

    CsvRecords(InputStream in, char delimiter) throws IOException {
        this.in = in;
        this.delimiter = delimiter;
        this.ahead = in.read();
        skipByteOrderMark();
    }

    static CsvRecords of(Path file, char delimiter) throws IOException {
        return new CsvRecords(open(file), delimiter);
    }

    static InputStream open(Path file) throws IOException {
        InputStream raw = Files.newInputStream(file);
        boolean zipped = Files.size(file) > 0
                && file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".gz");
        return new BufferedInputStream(zipped ? new GZIPInputStream(raw, 1 << 16) : raw, 1 << 16);
    }

    /** Where the record starts, in bytes of the unpacked file. */
    long offset() {
        return offset;
    }

    /** The line on which the record starts, from 1. */
    long line() {
        return line;
    }

    /** Empty lines before the record. */
    long emptyLines() {
        return emptyLines;
    }

    /** Whether the record is made of white space alone. */
    boolean blank() {
        return blank;
    }

    /** The record as text, cut at a megabyte. */
    String text() {
        return text.toString(StandardCharsets.UTF_8);
    }

    /** Moves to the next record that is not an empty line. */
    boolean next() throws IOException {
        while (ahead == '\n' || ahead == '\r') {
            endLine();
            emptyLines++;
        }
        if (ahead < 0) {
            return false;
        }
        offset = position;
        line = lines;
        text.reset();
        blank = true;
        readRecord();
        return true;
    }

    private void readRecord() throws IOException {
        boolean fieldStart = true;
        boolean quoted = false;
        while (ahead >= 0) {
            if (quoted) {
                quoted = stillQuoted();
            } else if (ahead == '\n' || ahead == '\r') {
                endLine();
                return;
            } else if (ahead == '"' && fieldStart) {
                quoted = true;
                fieldStart = false;
                take();
            } else {
                fieldStart = ahead == delimiter || (fieldStart && ahead == ' ');
                take();
            }
        }
    }

    private boolean stillQuoted() throws IOException {
        if (ahead == '\n' || ahead == '\r') {
            endLine();
            return true;
        }
        boolean quote = ahead == '"';
        take();
        if (quote && ahead == '"') {
            take();
            return true;
        }
        return !quote;
    }

    private void take() throws IOException {
        blank &= ahead == ' ' || ahead == '\t';
        if (text.size() < CAPTURED) {
            text.write(ahead);
        }
        read();
    }

    private void endLine() throws IOException {
        int first = ahead;
        read();
        if (first == '\r' && ahead == '\n') {
            read();
        }
        lines++;
    }

    private void read() throws IOException {
        ahead = in.read();
        position++;
    }

    private void skipByteOrderMark() throws IOException {
        if (ahead == 0xEF) {
            read();
            read();
            read();
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
