package io.opsiq.cli;

import io.opsiq.learning.FeedbackGiven;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvReadFeature;

/**
 * A CSV file of verdicts.
 *
 * @param reviewer of rows that name none
 */
record VerdictFile(Path file, @Nullable String reviewer) {

    /** A verdict and the line that it ends on. */
    record Row(long line, FeedbackGiven given) {}

    /** All rows but blank ones. Throws {@link CommandFailure} when the file cannot be read or a column is missing. */
    List<Row> read() {
        CsvMapper mapper = CsvMapper.builder()
                .enable(CsvReadFeature.WRAP_AS_ARRAY, CsvReadFeature.SKIP_EMPTY_LINES, CsvReadFeature.TRIM_SPACES)
                .build();
        try (MappingIterator<String[]> lines = mapper.readerFor(String[].class).readValues(text())) {
            if (!lines.hasNext()) {
                throw new CommandFailure(file + " is empty. It needs a header with case_id and feedback_type.");
            }
            return rows(columns(lines.next()), lines);
        } catch (JacksonException e) {
            throw new CommandFailure(
                    "%s:%d: this is no CSV. %s".formatted(file, e.getLocation().getLineNr(), e.getOriginalMessage()));
        }
    }

    private String text() {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (IOException e) {
            throw new CommandFailure("Cannot read " + file + " (" + e + "). Maybe check the path; the file is UTF-8.");
        }
    }

    private Map<String, Integer> columns(String[] header) {
        Map<String, Integer> columns = new HashMap<>();
        for (int i = 0; i < header.length; i++) {
            columns.putIfAbsent(header[i].strip().toLowerCase(Locale.ROOT), i);
        }
        Stream.of("case_id", "feedback_type")
                .filter(name -> !columns.containsKey(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new CommandFailure(
                            "%s:1: there is no column %s. It needs case_id and feedback_type.".formatted(file, name));
                });
        return columns;
    }

    private List<Row> rows(Map<String, Integer> columns, MappingIterator<String[]> lines) {
        List<Row> rows = new ArrayList<>();
        while (lines.hasNext()) {
            String[] values = lines.next();
            long line = lines.currentLocation().getLineNr() - 1L;
            String ownReviewer = value(columns, values, "reviewer");
            rows.add(new Row(
                    line,
                    FeedbackGiven.onCase(
                            value(columns, values, "case_id"),
                            value(columns, values, "feedback_type"),
                            value(columns, values, "comment"),
                            ownReviewer.isEmpty() ? reviewer : ownReviewer)));
        }
        return rows;
    }

    private static String value(Map<String, Integer> columns, String[] values, String name) {
        Integer at = columns.get(name);
        return at == null || at >= values.length ? "" : values[at];
    }
}
