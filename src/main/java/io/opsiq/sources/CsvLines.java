package io.opsiq.sources;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The physical lines of a file, whatever quotes say. */
final class CsvLines implements Closeable {

    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long offset;
    private long number;

    private CsvLines(InputStream in) {
        this.in = in;
    }

    static CsvLines of(Path file) throws IOException {
        return new CsvLines(CsvRecords.open(file));
    }

    boolean next() throws IOException {
        offset += line.size();
        line.reset();
        int b = in.read();
        while (b >= 0 && b != '\n') {
            line.write(b);
            b = in.read();
        }
        if (b >= 0) {
            line.write(b);
        }
        number++;
        return line.size() > 0;
    }

    /** Where the line starts, in bytes of the unpacked file. */
    long offset() {
        return offset;
    }

    /** From 1. */
    long number() {
        return number;
    }

    String text() {
        return line.toString(StandardCharsets.UTF_8);
    }

    /** Copies the line; blank: as white space of the same length, with its line end. */
    void writeTo(OutputStream out, boolean blank) throws IOException {
        for (byte b : line.toByteArray()) {
            out.write(blank && b != '\n' && b != '\r' ? ' ' : b);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
