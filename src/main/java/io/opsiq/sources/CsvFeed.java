package io.opsiq.sources;

import io.opsiq.engine.Engine;
import io.opsiq.engine.EngineException;
import io.opsiq.engine.Sql;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
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
 * <p>Where the engine stumbles, over line ends of several kinds or a quote that is never closed and swallows the rows behind
 * it, a repaired copy is read instead ({@link CsvRepair}).
 */
final class CsvFeed implements Feed {

    private static final String UNCLOSED = "a quote is opened and not closed before the field ends";
    private static final int SHOWN = 200;
    /** More rows than this that cannot be split are left out without being listed. */
    private static final int MOST_REJECTS = 100_000;

    private final String label;
    private final CsvHeader header;
    private Path readable;
    private boolean repaired;

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
        try {
            return attempt(engine, insert, List.of(), true);
        } catch (NeedsRepair e) {
            List<Reject> broken = repair(engine);
            try {
                return attempt(engine, insert, broken, true);
            } catch (NeedsRepair again) {
                return attempt(engine, insert, broken, false);
            }
        }
    }

    /** Reads all rows or none; by the strict rules it says when a repaired copy would give more. */
    private List<Reject> attempt(Engine engine, UnaryOperator<String> insert, List<Reject> broken, boolean strict) {
        List<Reject> rejects = new ArrayList<>(broken);
        // Over blank lines the engine passes safely only where all line ends are of one kind.
        if (!repaired && header.line() > 1) {
            throw new NeedsRepair();
        }
        engine.transaction(() -> {
            try {
                engine.run(insert.apply(relation(strict)));
            } catch (EngineException e) {
                throw strict && String.valueOf(e.getMessage()).contains("strict_mode") ? new NeedsRepair() : e;
            }
            List<Refused> refused = takeRefused(engine);
            if (!repaired && refused.stream().anyMatch(Refused::mayHaveSwallowedRows)) {
                throw new NeedsRepair();
            }
            rejects.addAll(located(refused));
        });
        rejects.sort(Comparator.comparingLong(Reject::line));
        return rejects;
    }

    /** Reads from now on a repaired copy; the rows that this costs. */
    private List<Reject> repair(Engine engine) {
        Path copy = engine.scratchFile(".csv");
        try {
            List<CsvRepair.Broken> broken = CsvRepair.copy(readable, copy, header.delimiter());
            readable = copy;
            repaired = true;
            return broken.stream()
                    .map(line -> new Reject(line.line(), shortened(line.text()), UNCLOSED))
                    .toList();
        } catch (IOException e) {
            throw new SourceException(label + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static String shortened(String text) {
        return text.length() > SHOWN ? text.substring(0, SHOWN) + " …" : text;
    }

    private String relation(boolean strict) {
        String columns = columns().stream()
                .map(c -> Sql.literal(c.reference()) + ": 'VARCHAR'")
                .collect(Collectors.joining(", "));
        return ("read_csv(%s, auto_detect = false, header = true, skip = %d, delim = %s, quote = '\"', escape = '\"', columns = {%s}, "
                        + "compression = '%s', hive_partitioning = false, store_rejects = true, rejects_limit = %d, strict_mode = %s)")
                .formatted(
                        Sql.file(readable),
                        header.line() - 1,
                        Sql.literal(String.valueOf(header.delimiter())),
                        columns,
                        readable.toString().toLowerCase(Locale.ROOT).endsWith(".gz") ? "gzip" : "none",
                        MOST_REJECTS,
                        strict);
    }

    private static List<Refused> takeRefused(Engine engine) {
        List<Refused> refused = engine.list(
                """
                select
                    line_byte_position,
                    arg_min(error_type::varchar, column_idx),
                    arg_min(csv_line, column_idx),
                    arg_min(error_message, column_idx)
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
            passHeader(records);
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

    @Override
    public long[] lines(long[] rejectedLines, long[] ordinals) {
        long[] lines = new long[ordinals.length];
        try (CsvRecords records = CsvRecords.of(readable, header.delimiter())) {
            passHeader(records);
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

    private static void passHeader(CsvRecords records) throws IOException {
        while (records.next() && records.blank()) {
            // Blank lines may stand before the header.
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

        /** A quote that is opened and not closed takes the lines behind it for its text. */
        boolean mayHaveSwallowedRows() {
            return type.equals("UNQUOTED VALUE") || text().lines().count() > 1;
        }

        boolean isAt(long start, long emptyLines, Supplier<String> there) {
            return Math.abs(start - offset) <= emptyLines + SLACK
                    && there.get().strip().startsWith(surelyShown());
        }

        /** Up to the first byte that is no UTF-8: there the engine shows something else than what stands in the file. */
        private String surelyShown() {
            return firstLine()
                    .replaceFirst("(?s)[^\\x20-\\x3e\\x40-\\x7e].*", "")
                    .strip();
        }

        Reject reject(long line) {
            return new Reject(line, shortened(firstLine()), reason());
        }

        private String reason() {
            return switch (type) {
                case "MISSING COLUMNS", "TOO MANY COLUMNS" ->
                    message.replace("Expected Number of Columns: ", "the header has ")
                            .replace(" Found: ", " fields, the row ");
                case "UNQUOTED VALUE" -> UNCLOSED;
                case "INVALID ENCODING" -> "not valid UTF-8";
                case "LINE SIZE OVER MAXIMUM" -> "the line is too long";
                default -> message;
            };
        }
    }

    /** Rolls a reading back that a repaired copy would do better. */
    private static final class NeedsRepair extends RuntimeException {

        @Serial
        private static final long serialVersionUID = 1L;

        NeedsRepair() {
            super("needs repair", null, false, false);
        }
    }
}
