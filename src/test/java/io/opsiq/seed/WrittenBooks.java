package io.opsiq.seed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Demo books as they stand in a folder, read back. */
record WrittenBooks(Instant wallClock, Map<String, List<Row>> tables) {
    static final Map<String, String> CLOCK_COLUMNS = Map.of(
            "invoices", "invoice_date",
            "payments", "payment_date",
            "refunds", "refund_date",
            "usage_events", "event_time",
            "signal_events", "timestamp");
    private static final List<String> TABLES =
            List.of("customers", "subscriptions", "invoices", "payments", "refunds", "usage_events", "signal_events");
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    static WrittenBooks writtenAt(Instant wallClock, Path folder) {
        new DemoBooks(Clock.fixed(wallClock, ZoneOffset.UTC)).write(folder);
        return new WrittenBooks(
                wallClock, TABLES.stream().collect(Collectors.toMap(table -> table, table -> read(folder, table))));
    }

    private static List<Row> read(Path folder, String table) {
        try {
            List<String> lines = Files.readAllLines(folder.resolve(table + ".csv"));
            List<String> columns = List.of(lines.getFirst().split(",", -1));
            return lines.stream().skip(1).map(line -> Row.parse(columns, line)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Row> all(String table) {
        return tables.getOrDefault(table, List.of());
    }

    Row row(String table, String id) {
        return all(table).stream()
                .filter(row -> row.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + id + " in " + table));
    }

    LocalDateTime refundedAt(String refundId) {
        return row("refunds", refundId).time("refund_date");
    }

    LocalDate spikeDay() {
        return refundedAt("REF009").toLocalDate();
    }

    /** The times of all facts that move the clock of the books. */
    Stream<LocalDateTime> facts() {
        return CLOCK_COLUMNS.entrySet().stream()
                .flatMap(column -> all(column.getKey()).stream().map(row -> row.time(column.getValue())));
    }

    /** The anchor day, by its definition. */
    LocalDate today() {
        LocalDate wall = LocalDate.ofInstant(wallClock, ZoneOffset.UTC);
        return wall.getDayOfMonth() >= 6 ? wall : wall.withDayOfMonth(1).minusDays(1);
    }

    record Row(Map<String, String> values) {
        static Row parse(List<String> columns, String line) {
            // Only the last column of a table holds commas.
            String[] cells = line.split(",", columns.size());
            Map<String, String> values = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                values.put(columns.get(i), cells[i]);
            }
            return new Row(values);
        }

        String id() {
            return values.values().iterator().next();
        }

        String text(String column) {
            return values.getOrDefault(column, "");
        }

        LocalDateTime time(String column) {
            return LocalDateTime.parse(text(column), TIMESTAMP);
        }
    }
}
