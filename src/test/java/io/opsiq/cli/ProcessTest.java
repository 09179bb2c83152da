package io.opsiq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsiq.OpsIQ;
import io.opsiq.Settings;
import io.opsiq.cases.CaseQuery;
import io.opsiq.investigation.Run;
import io.opsiq.investigation.RunRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes: killed, told to end, several at once. */
class ProcessTest {

    @TempDir
    Path folder;

    @Test
    void a_run_killed_at_work_leaves_the_cases_of_the_run_before_and_is_marked_as_broken_off() throws Exception {
        OpsIQ opsiq = new OpsIQ(folder.resolve("state"), Clock.systemUTC(), Settings.ofEnvironment());
        Path demo = folder.resolve("demo");
        opsiq.demoBooks().write(demo);
        opsiq.investigations().run(RunRequest.of(demo, null, null), what -> {});
        var before = opsiq.cases().list(CaseQuery.all());

        Process process = start(manyBooks());
        await(() -> !statuses(opsiq, "running").isEmpty() && engineAtWork());
        process.destroyForcibly().waitFor();
        opsiq.investigations().recover();

        assertThat(statuses(opsiq, "running")).isEmpty();
        assertThat(statuses(opsiq, "broken_off")).hasSize(1);
        assertThat(opsiq.cases().list(CaseQuery.all())).isEqualTo(before);
        assertThat(engineAtWork()).isFalse();
        assertThat(opsiq.investigations().latest()).map(Run::request).contains(RunRequest.of(demo, null, null));
    }

    @Test
    void a_run_told_to_end_says_that_it_was_cancelled_and_leaves_the_cases_of_the_run_before() throws Exception {
        OpsIQ opsiq = new OpsIQ(folder.resolve("state"), Clock.systemUTC(), Settings.ofEnvironment());
        Process process = start(manyBooks());
        await(() -> !statuses(opsiq, "running").isEmpty() && engineAtWork());

        process.destroy();

        assertThat(process.waitFor()).isEqualTo(143);
        assertThat(statuses(opsiq, "cancelled")).hasSize(1);
        assertThat(opsiq.cases().list(CaseQuery.all()).count()).isZero();
        assertThat(engineAtWork()).isFalse();
        assertThat(folder.resolve("output")).content().contains("was cancelled");
    }

    @Test
    void several_runs_that_make_one_state_at_once_queue_and_all_complete() throws Exception {
        OpsIQ seeding = new OpsIQ(folder.resolve("other"), Clock.systemUTC(), Settings.ofEnvironment());
        Path demo = folder.resolve("demo");
        seeding.demoBooks().write(demo);

        List<Process> processes = List.of(start(demo), start(demo), start(demo));
        for (Process process : processes) {
            assertThat(process.waitFor()).isZero();
        }

        OpsIQ opsiq = new OpsIQ(folder.resolve("state"), Clock.systemUTC(), Settings.ofEnvironment());
        assertThat(statuses(opsiq, "completed")).hasSize(3);
        assertThat(opsiq.cases().list(CaseQuery.all()).count()).isEqualTo(5);
    }

    private Process start(Path data) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "run",
                        "--data",
                        data.toString(),
                        "--state",
                        folder.resolve("state").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
    }

    /** Books that take a while: many files, each opened on its own. */
    private Path manyBooks() throws IOException {
        Path parts = Files.createDirectories(folder.resolve("many/usage_events"));
        String rows = IntStream.range(0, 200)
                .mapToObj(i -> "E%d,C1,2026-01-01,1,api".formatted(i))
                .collect(Collectors.joining("\n", "event_id,customer_id,event_time,usage_units,feature_type\n", "\n"));
        for (int i = 0; i < 2000; i++) {
            Files.writeString(parts.resolve(i + ".csv"), rows);
        }
        return folder.resolve("many");
    }

    private boolean engineAtWork() {
        Path work = folder.resolve("state/work");
        if (!Files.isDirectory(work)) {
            return false;
        }
        try (Stream<Path> engines = Files.list(work)) {
            return engines.findAny().isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> statuses(OpsIQ opsiq, String status) {
        return opsiq.state()
                .read(context -> context.fetch("select run_id from runs where status = ?", status)
                        .getValues(0, String.class));
    }

    private static void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plus(Duration.ofSeconds(60));
        while (!condition.getAsBoolean() && Instant.now().isBefore(end)) {
            Thread.sleep(20);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
