package io.opsiq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsiq.OpsIQ;
import io.opsiq.Settings;
import io.opsiq.cases.Case;
import io.opsiq.cases.CaseQuery;
import io.opsiq.cases.CaseStatus;
import io.opsiq.investigation.RunRequest;
import io.opsiq.learning.Feedback;
import io.opsiq.learning.RefundBooks;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed while verdicts arrive. */
class KilledServerTest {

    private static final int REVIEWERS = 3;
    private static final int BEFORE_THE_END = 10;

    @TempDir
    Path folder;

    private @Nullable Process serving;

    @AfterEach
    void stop() {
        if (serving != null) {
            serving.destroyForcibly();
        }
    }

    @Test
    void each_acknowledged_verdict_is_there_once_with_its_effect_and_may_be_sent_again() throws Exception {
        List<Case> cases = casesOf(60);
        Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
        URI address = start("first");

        List<Thread> reviewers = IntStream.range(0, REVIEWERS)
                .mapToObj(who -> Thread.ofPlatform().start(() -> answer(address, cases, who, acknowledged)))
                .toList();
        await(() -> acknowledged.size() >= BEFORE_THE_END);
        java.util.Objects.requireNonNull(serving).destroyForcibly().waitFor();
        for (Thread reviewer : reviewers) {
            reviewer.join();
        }

        OpsIQ after = opsiq();
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(BEFORE_THE_END);
        assertThat(after.verdicts().newest(1000))
                .extracting(Feedback::targetId)
                .doesNotHaveDuplicates()
                .containsAll(acknowledged);
        everyVerdictHasItsEffect(after);

        URI again = start("second");
        cases.forEach(each -> assertThat(post(again, each, "ana")).isEqualTo(200));

        assertThat(after.verdicts().newest(1000))
                .extracting(Feedback::targetId)
                .containsExactlyInAnyOrderElementsOf(
                        cases.stream().map(Case::caseId).toList());
        everyVerdictHasItsEffect(after);
    }

    private static void everyVerdictHasItsEffect(OpsIQ opsiq) {
        List<Feedback> given = opsiq.verdicts().newest(1000);
        assertThat(opsiq.cases()
                        .list(CaseQuery.all().withStatus(CaseStatus.FALSE_POSITIVE))
                        .cases())
                .extracting(Case::caseId)
                .containsExactlyInAnyOrderElementsOf(
                        given.stream().map(Feedback::targetId).toList());
        assertThat(opsiq.verdicts().counts()).containsEntry("false_positive", (long) given.size());
        BigDecimal penalty = new BigDecimal("0.15").multiply(new BigDecimal(given.size()));
        assertThat(opsiq.memory().entries())
                .filteredOn(entry -> entry.key().equals("false_positive_penalty.orphan_refund"))
                .singleElement()
                .satisfies(entry -> assertThat(new BigDecimal(entry.value().toString()))
                        .isEqualByComparingTo(penalty.min(new BigDecimal("0.5"))));
    }

    private List<Case> casesOf(int refunds) throws IOException {
        Path books = folder.resolve("books");
        new RefundBooks(refunds, 10).write(books);
        OpsIQ opsiq = opsiq();
        opsiq.investigations().run(RunRequest.of(books, null, null), what -> {});
        return opsiq.cases().list(CaseQuery.all()).cases();
    }

    private OpsIQ opsiq() {
        return new OpsIQ(folder.resolve("state"), Clock.systemUTC(), Settings.ofEnvironment());
    }

    /** Every third case, one after the other, until nobody answers. */
    private static void answer(URI address, List<Case> cases, int who, Queue<String> acknowledged) {
        for (int i = who; i < cases.size(); i += REVIEWERS) {
            if (post(address, cases.get(i), "ana") != 200) {
                return;
            }
            acknowledged.add(cases.get(i).caseId());
        }
    }

    /** The status of the answer; 0 when there is none. */
    private static int post(URI address, Case about, String reviewer) {
        String body =
                "{\"target_type\": \"case\", \"target_id\": \"%s\", \"feedback_type\": \"false_positive\", \"reviewer\": \"%s\"}"
                        .formatted(about.caseId(), reviewer);
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/feedback"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "verdict on " + about.caseId())
                .POST(BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            return response.statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private URI start(String name) throws IOException, InterruptedException {
        Path out = folder.resolve(name);
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "serve",
                        "--port",
                        "0",
                        "--state",
                        folder.resolve("state").toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(out.toFile());
        builder.environment().keySet().removeAll(List.of("HOST", "PORT", "OPSIQ_TOKEN"));
        Process process = builder.start();
        serving = process;
        await(() -> read(out).startsWith("http://") || !process.isAlive());
        return URI.create(read(out).lines().findFirst().orElseThrow());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }

    private static void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plus(Duration.ofSeconds(60));
        while (!condition.getAsBoolean() && Instant.now().isBefore(end)) {
            Thread.sleep(5);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
