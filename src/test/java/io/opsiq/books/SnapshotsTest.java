package io.opsiq.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsiq.engine.EngineSettings;
import io.opsiq.engine.Sandbox;
import io.opsiq.signals.Signal;
import io.opsiq.signals.Signals;
import io.opsiq.sources.SourceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotsTest {

    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

    @TempDir
    Path folder;

    private Path data;
    private Snapshots snapshots;

    @BeforeEach
    void writeBooks() throws IOException {
        data = Files.createDirectories(folder.resolve("data"));
        invoices("I1,C1,2026-03-01,10,10,pro,paid");
        Files.writeString(data.resolve("signal_events.csv"), """
                signal_id,timestamp,signal_type,severity,source,related_entity,payload_json
                S1,2026-03-01,alert,low,datadog,refunds,{}
                S2,2026-03-02,alert,critical,datadog,refunds,{}
                S3,2026-03-03,alert,critical,datadog,refunds,no json
                S4,2026-03-04,alert,medium,datadog,refunds,
                """);
        snapshots = at(NOW);
    }

    private Snapshots at(Instant now) {
        return new Snapshots(
                folder.resolve("snapshots"),
                new EngineSettings(folder.resolve("work"), "300MB", 1),
                Clock.fixed(now, ZoneOffset.UTC));
    }

    private void invoices(String... rows) throws IOException {
        Files.writeString(
                data.resolve("invoices.csv"),
                "invoice_id,customer_id,invoice_date,billed_amount,expected_amount,plan_tier_billed,status\n"
                        + String.join("\n", rows) + "\n");
    }

    private Snapshot current() {
        return snapshots.of(SourceFolder.of(data), null);
    }

    private static long count(Snapshot snapshot) {
        try (Sandbox sandbox = snapshot.open()) {
            return sandbox.list("select count(*) from invoices", row -> row.getLong(1))
                    .getFirst();
        }
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(folder.resolve("snapshots"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void it_holds_the_tables_and_what_is_known_of_them() {
        try (Snapshot snapshot = current()) {
            assertThat(snapshot.tablesLoaded()).containsExactly("invoices", "signal_events");
            assertThat(snapshot.facts().clock()).isEqualTo(Instant.parse("2026-03-04T00:00:00Z"));
            assertThat(snapshot.facts().baseCurrency()).isEqualTo("USD");
            assertThat(snapshot.facts().table("invoices").orElseThrow().missingOptionalColumns())
                    .contains("currency");
            assertThat(count(snapshot)).isEqualTo(1);
        }
        assertThat(folder.resolve("work").toFile().list()).isEmpty();
    }

    @Test
    void it_is_made_once_while_the_files_stay_the_same() throws IOException {
        String first;
        try (Snapshot snapshot = current()) {
            first = snapshot.id();
        }
        Object made = Files.readAttributes(folder.resolve("snapshots").resolve(first), "creationTime")
                .get("creationTime");

        try (Snapshot snapshot = current()) {
            assertThat(snapshot.id()).isEqualTo(first);
        }
        assertThat(Files.readAttributes(folder.resolve("snapshots").resolve(first), "creationTime")
                        .get("creationTime"))
                .isEqualTo(made);
    }

    @Test
    void a_file_that_changed_makes_a_new_one_and_the_old_one_goes() throws IOException {
        current().close();
        invoices("I1,C1,2026-03-01,10,10,pro,paid", "I2,C1,2026-03-02,10,10,pro,paid");

        try (Snapshot snapshot = current()) {
            assertThat(count(snapshot)).isEqualTo(2);
            assertThat(files()).containsExactly(snapshot.id());
        }
    }

    @Test
    void one_that_is_in_use_stays_until_it_is_not() throws IOException {
        try (Snapshot old = current()) {
            invoices("I2,C1,2026-03-02,10,10,pro,paid", "I3,C1,2026-03-02,10,10,pro,paid");
            current().close();

            assertThat(files()).hasSize(2);
            assertThat(count(old)).isEqualTo(1);
        }
        invoices("I4,C1,2026-03-02,10,10,pro,paid");
        current().close();

        assertThat(files()).hasSize(1);
    }

    @Test
    void those_of_other_books_stay_for_a_week() throws IOException {
        Path other = Files.createDirectories(folder.resolve("other"));
        Files.copy(data.resolve("invoices.csv"), other.resolve("invoices.csv"));
        current().close();
        snapshots.of(SourceFolder.of(other), null).close();
        assertThat(files()).hasSize(2);

        at(NOW.plusSeconds(8 * 86_400)).of(SourceFolder.of(other), null).close();

        assertThat(files()).hasSize(1);
    }

    @Test
    void another_clock_is_another_snapshot() {
        try (Snapshot snapshot = snapshots.of(SourceFolder.of(data), Instant.parse("2026-03-09T00:00:00Z"))) {
            assertThat(snapshot.facts().clock()).isEqualTo(Instant.parse("2026-03-09T00:00:00Z"));
        }
    }

    @Test
    void many_at_once_see_the_same_books() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Callable<Long>> asked = IntStream.range(0, 8)
                    .<Callable<Long>>mapToObj(i -> () -> {
                        try (Snapshot snapshot = at(NOW).of(SourceFolder.of(data), null)) {
                            return count(snapshot);
                        }
                    })
                    .toList();
            for (var answer : threads.invokeAll(asked)) {
                assertThat(answer.get()).isEqualTo(1);
            }
        }
        assertThat(files()).hasSize(1);
    }

    @Test
    void what_holds_no_books_is_refused_and_leaves_nothing() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));

        assertThatThrownBy(() -> snapshots.of(SourceFolder.of(empty), null)).isInstanceOf(BooksException.class);
        assertThat(files()).isEmpty();
    }

    @Test
    void signals_come_by_severity_then_the_latest_first() {
        try (Snapshot snapshot = current();
                Sandbox sandbox = snapshot.open()) {
            assertThat(new Signals(sandbox).all()).extracting(Signal::signalId).containsExactly("S3", "S2", "S4", "S1");
        }
    }
}
