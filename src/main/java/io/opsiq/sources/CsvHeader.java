package io.opsiq.sources;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The first record of a CSV file: its delimiter, the names of its columns and the line it stands on (0: there is none). */
record CsvHeader(char delimiter, List<String> names, long line) {

    private static final String DELIMITERS = ",;\t|";

    static CsvHeader of(Path file) throws IOException {
        refuseUtf16(file);
        try (CsvRecords records = CsvRecords.of(file, ',')) {
            do {
                if (!records.next()) {
                    return new CsvHeader(',', List.of(), 0);
                }
            } while (records.blank());
            char delimiter = delimiterOf(records.text());
            refuseBrokenQuotes(file, records.text(), delimiter);
            return new CsvHeader(delimiter, fields(records.text(), delimiter), records.line());
        }
    }

    private static void refuseBrokenQuotes(Path file, String header, char delimiter) {
        Quoting quoting = new Quoting(delimiter);
        quoting.follow(header);
        if (quoting.open() || quoting.broken()) {
            throw new SourceException(file.getFileName() + " has a header with a quote that is not rightly closed.");
        }
    }

    private static void refuseUtf16(Path file) throws IOException {
        try (var in = CsvRecords.open(file)) {
            byte[] start = in.readNBytes(2);
            String mark = new String(start, StandardCharsets.ISO_8859_1);
            if (mark.equals("\u00ff\u00fe") || mark.equals("\u00fe\u00ff")) {
                throw new SourceException(file.getFileName() + " is UTF-16. Maybe save it as UTF-8.");
            }
        }
    }

    /** The one of the usual delimiters that stands most often outside quotes; a comma when none does. */
    private static char delimiterOf(String header) {
        char best = ',';
        int most = 0;
        for (int i = 0; i < DELIMITERS.length(); i++) {
            char candidate = DELIMITERS.charAt(i);
            int count = fields(header, candidate).size();
            if (count > most) {
                best = candidate;
                most = count;
            }
        }
        return best;
    }

    static List<String> fields(String record, char delimiter) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < record.length(); i++) {
            char c = record.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == delimiter && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
