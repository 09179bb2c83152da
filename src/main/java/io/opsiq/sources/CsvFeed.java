package io.opsiq.sources;

import io.opsiq.engine.Engine;
import io.opsiq.engine.EngineException;
import io.opsiq.engine.Sql;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A CSV file, plain or gzipped. Every value is read as text; types come later.
 *
 * <p>The engine stops at nothing: a file that breaks its strict rules (line ends of several kinds) is read again by its
 * lenient ones, and a quote that is never closed, which would swallow the good rows behind it, costs only its own line.
 */
final class CsvFeed implements Feed {

    private static final int SHOWN = 200;
    /** More rows than this that cannot be split are left out without being listed. */
    private static final int MOST_REJECTS = 100_000;

    private final String label;
    private final CsvHeader header;
    private Path readable;

    CsvFeed(Path file, String label) {
        this.label = label;
        this.readable = file;
        try {
            this.header = CsvHeader.of(file);
        } catch (IOException e) {
            throw new SourceException(label + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public List<FeedColumn> columns() {
        return IntStream.range(0, header.names().size())
                .mapToObj(i -> new FeedColumn(header.names().get(i), "c" + i, "VARCHAR"))
                .toList();
    }

    @Override
    public List<Reject> copy(Engine engine, UnaryOperator<String> insert) {
        if (header.names().isEmpty()) {
            return List.of();
        }
        List<Reject> unclosed = new ArrayList<>();
        boolean strict = true;
        while (true) {
            try {
                return attempt(engine, insert, strict, unclosed);
            } catch (UnclosedQuote e) {
                unclosed.addAll(leaveOut(engine, e.refused));
            } catch (EngineException e) {
                if (!strict || !String.valueOf(e.getMessage()).contains("strict_mode")) {
                    throw e;
                }
                strict = false;
            }
        }
    }

    private List<Reject> attempt(Engine engine, UnaryOperator<String> insert, boolean strict, List<Reject> unclosed) {
        List<Reject> rejects = new ArrayList<>(unclosed);
        engine.transaction(() -> {
            engine.run(insert.apply(relation(strict)));
            List<Refused> refused = takeRefused(engine);
            List<Refused> swallowing =
                    refused.stream().filter(Refused::swallowsLines).toList();
            if (!swallowing.isEmpty()) {
                throw new UnclosedQuote(swallowing);
            }
            rejects.addAll(located(refused));
        });
        rejects.sort(Comparator.comparingLong(Reject::line));
        return rejects;
    }

    private String relation(boolean strict) {
        String columns = columns().stream()
                .map(c -> Sql.literal(c.reference()) + ": 'VARCHAR'")
                .collect(Collectors.joining(", "));
        return ("read_csv(%s, auto_detect = false, header = true, delim = %s, quote = '\"', escape = '\"', columns = {%s}, "
                        + "compression = '%s', store_rejects = true, rejects_limit = %d, strict_mode = %s)")
                .formatted(
                        Sql.literal(readable.toString()),
                        Sql.literal(String.valueOf(header.delimiter())),
                        columns,
                        readable.toString().toLowerCase(Locale.ROOT).endsWith(".gz") ? "gzip" : "none",
                        MOST_REJECTS,
                        strict);
    }

    private static List<Refused> takeRefused(Engine engine) {
        List<Refused> refused = engine.list(
                """
                select line_byte_position, min(error_type::varchar), first(csv_line), min(error_message)
                from reject_errors
                group by line_byte_position
                order by line_byte_position
                """, row -> new Refused(row.getLong(1), row.getString(2), row.getString(3), row.getString(4)));
        engine.run("drop table reject_errors");
        engine.run("drop table reject_scans");
        return refused.stream().filter(row -> !row.text().isEmpty()).toList();
    }

    /** The lines of refused rows, found by their text near where the engine says that they start. */
    private List<Reject> located(List<Refused> refused) {
        List<Reject> rejects = new ArrayList<>();
        if (refused.isEmpty()) {
            return rejects;
        }
        try (CsvRecords records = CsvRecords.of(readable, header.delimiter())) {
            int next = 0;
            while (next < refused.size() && records.next()) {
                if (refused.get(next).isAt(records.offset(), records.emptyLines(), records::text)) {
                    rejects.add(refused.get(next++).reject(records.line()));
                }
            }
            refused.subList(next, refused.size()).forEach(row -> rejects.add(row.reject(0)));
            return rejects;
        } catch (IOException e) {
            throw new UncheckedIOException(label + " cannot be read again to find line numbers", e);
        }
    }

    /**
     * Reads from now on a copy of the file in which lines with an unclosed quote are blank: the rows that the quote
     * swallowed come back and all keep their line numbers.
     */
    private List<Reject> leaveOut(Engine engine, List<Refused> refused) {
        List<Reject> rejects = new ArrayList<>();
        Path copy = engine.scratchFile(".csv");
        try (CsvLines lines = CsvLines.of(readable);
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(copy))) {
            while (lines.next()) {
                boolean broken = rejects.size() < refused.size()
                        && refused.get(rejects.size()).isAt(lines.offset(), lines.number(), lines::text);
                if (broken) {
                    rejects.add(refused.get(rejects.size()).reject(lines.number()));
                }
                lines.writeTo(out, broken);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(label + " cannot be copied to leave out broken lines", e);
        }
        if (rejects.isEmpty()) {
            throw new SourceException(label + " has a quote that is never closed: "
                    + refused.getFirst().firstLine());
        }
        readable = copy;
        return rejects;
    }

    @Override
    public long[] lines(long[] rejectedLines, long[] ordinals) {
        long[] lines = new long[ordinals.length];
        try (CsvRecords records = CsvRecords.of(readable, header.delimiter())) {
            records.next(); // the header
            int rejected = 0;
            int row = 0;
            long ordinal = -1;
            while (row < ordinals.length && records.next()) {
                while (rejected < rejectedLines.length && rejectedLines[rejected] < records.line()) {
                    rejected++;
                }
                boolean refused = rejected < rejectedLines.length && rejectedLines[rejected] == records.line();
                if (!refused && !records.blank() && ++ordinal == ordinals[row]) {
                    lines[row++] = records.line();
                }
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(label + " cannot be read again to find line numbers", e);
        }
    }

    /** What the engine says of a row that it could not split; its offsets may be off by the empty lines before. */
    private record Refused(long offset, String type, String line, String message) {

        private static final int SLACK = 8;

        String text() {
            return line.strip();
        }

        String firstLine() {
            return text().lines().findFirst().orElse("");
        }

        boolean swallowsLines() {
            return type.equals("UNQUOTED VALUE") && text().lines().count() > 1;
        }

        boolean isAt(long start, long emptyLines, Supplier<String> there) {
            return Math.abs(start - offset) <= emptyLines + SLACK
                    && plain(there.get()).startsWith(plain(firstLine()));
        }

        /** Without what the engine shows in another way: bytes that are no UTF-8, blanks at the ends. */
        private static String plain(String text) {
            return text.replaceAll("[^\\x21-\\x7e]|\\?", "");
        }

        Reject reject(long line) {
            String shown = firstLine();
            return new Reject(line, shown.length() > SHOWN ? shown.substring(0, SHOWN) + " …" : shown, reason());
        }

        private String reason() {
            return switch (type) {
                case "MISSING COLUMNS", "TOO MANY COLUMNS" ->
                    message.replace("Expected Number of Columns: ", "the header has ")
                            .replace(" Found: ", " fields, the row ");
                case "UNQUOTED VALUE" -> "a quote is opened and not closed before the field ends";
                case "INVALID ENCODING" -> "not valid UTF-8";
                case "LINE SIZE OVER MAXIMUM" -> "the line is too long";
                default -> message;
            };
        }
    }

    /** Rolls a reading back because an unclosed quote swallowed rows. */
    private static final class UnclosedQuote extends RuntimeException {

        @Serial
        private static final long serialVersionUID = 1L;

        private final transient List<Refused> refused;

        UnclosedQuote(List<Refused> refused) {
            super("unclosed quote", null, false, false);
            this.refused = refused;
        }
    }
}
