package io.opsiq.investigation;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsiq.cases.Cases;
import io.opsiq.engine.EngineSettings;
import io.opsiq.investigation.RunTicket.Kind;
import io.opsiq.seed.DemoBooks;
import io.opsiq.sentiment.Sentiment;
import io.opsiq.state.RunLock;
import io.opsiq.state.State;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunQueueTest {

    private static final Clock WALL = Clock.systemUTC();

    @TempDir
    Path folder;

    private State state;
    private RunRequest books;
    private RunQueue queue;

    @BeforeEach
    void open() {
        state = State.open(folder.resolve("state"));
        Path data = folder.resolve("books");
        new DemoBooks(WALL).write(data);
        books = RunRequest.of(data, null, null);
        queue = newQueue();
        queue.open();
    }

    @AfterEach
    void close() {
        queue.close();
    }

    private RunQueue newQueue() {
        return new RunQueue(
                state,
                () -> new Investigations(
                        state,
                        RunPartsForTests.of(state, new Cases(state, WALL, new Sentiment()), WALL),
                        new EngineSettings(folder.resolve("state/work"), "500MB", 2),
                        WALL),
                WALL);
    }

    @Test
    void runs_wait_for_each_other_and_tell_how_far_they_are() throws InterruptedException {
        String one = queue.submit(Kind.RUN, books, null);
        String two = queue.submit(Kind.RERUN, books, null);
        List<RunEvent> told = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch over = new CountDownLatch(1);
        queue.listen(two, 0, event -> {
            told.add(event);
            if (event.type().isLast()) {
                over.countDown();
            }
        });

        RunView first = queue.await(one);
        RunView second = queue.await(two);

        assertThat(over.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(first.isCompleted()).isTrue();
        assertThat(second.kind()).isEqualTo(Kind.RERUN);
        assertThat(second.startedAt()).isAfterOrEqualTo(first.finishedAt());
        assertThat(told).extracting(RunEvent::id).isSorted().doesNotHaveDuplicates();
        assertThat(told.getFirst().type()).isEqualTo(RunEvent.Type.QUEUED);
        assertThat(told.getLast().type()).isEqualTo(RunEvent.Type.COMPLETED);
        assertThat(told).extracting(RunEvent::what).contains("read books", "open cases");
    }

    @Test
    void the_same_key_gives_the_same_run_also_after_a_restart() throws InterruptedException {
        String one = queue.submit(Kind.RUN, books, "key");
        assertThat(queue.submit(Kind.RUN, books, "key")).isEqualTo(one);
        queue.await(one);
        queue.close();

        queue = newQueue();
        queue.open();

        assertThat(queue.submit(Kind.RUN, books, "key")).isEqualTo(one);
        assertThat(queue.submit(Kind.RUN, books, "another")).isNotEqualTo(one);
        List<RunEvent> told = new ArrayList<>();
        queue.listen(one, 0, told::add);
        assertThat(told).extracting(RunEvent::type).containsExactly(RunEvent.Type.COMPLETED);
    }

    @Test
    void a_run_that_failed_says_why_and_frees_its_key() throws InterruptedException {
        RunRequest nowhere = RunRequest.of(folder.resolve("nowhere"), null, null);
        String failed = queue.submit(Kind.RUN, nowhere, "key");

        RunView run = queue.await(failed);

        assertThat(run.status()).isEqualTo("failed");
        assertThat(run.reason()).contains("nowhere");
        assertThat(queue.submit(Kind.RUN, books, "key")).isNotEqualTo(failed);
    }

    @Test
    void a_waiting_run_can_be_cancelled_and_one_at_work_too() throws InterruptedException {
        try (RunLock _ = RunLock.tryTake(state).orElseThrow()) {
            String working = queue.submit(Kind.RUN, books, null);
            String waiting = queue.submit(Kind.RUN, books, null);

            assertThat(queue.cancel(waiting)).isEqualTo(RunQueue.Cancelled.YES);
            assertThat(queue.cancel(working)).isEqualTo(RunQueue.Cancelled.YES);

            assertThat(queue.await(waiting).status()).isEqualTo("cancelled");
            assertThat(queue.await(working).status()).isEqualTo("cancelled");
            assertThat(queue.cancel(waiting)).isEqualTo(RunQueue.Cancelled.TOO_LATE);
            assertThat(queue.cancel("RUN-NONE")).isEqualTo(RunQueue.Cancelled.UNKNOWN);
        }
    }

    @Test
    void what_waits_when_a_queue_closes_runs_when_the_next_one_opens() throws InterruptedException {
        String waiting;
        try (RunLock _ = RunLock.tryTake(state).orElseThrow()) {
            queue.submit(Kind.RUN, books, null);
            waiting = queue.submit(Kind.RUN, books, null);
            queue.close();
            assertThat(queue.find(waiting).orElseThrow().status()).isEqualTo("queued");
        }

        queue = newQueue();
        queue.open();

        assertThat(queue.await(waiting).isCompleted()).isTrue();
    }
}
