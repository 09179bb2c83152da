package io.opsiq.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateTest {

    @TempDir
    Path folder;

    @Test
    void a_transaction_that_throws_leaves_nothing() {
        State state = State.open(folder);

        assertThatThrownBy(() -> state.change(context -> {
                    begin(context, "RUN-1");
                    throw new IllegalArgumentException("no");
                }))
                .hasMessage("no");
        assertThat(runs(state)).isZero();
    }

    @Test
    void a_state_opened_again_has_what_was_stored() {
        State.open(folder).change(context -> begin(context, "RUN-1"));

        assertThat(runs(State.open(folder))).isEqualTo(1);
    }

    @Test
    void writers_on_one_state_wait_for_each_other_and_none_is_lost() throws Exception {
        List<State> states = List.of(State.open(folder), State.open(folder));
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<? extends Future<?>> writes = IntStream.range(0, 200)
                    .mapToObj(i -> threads.submit(() -> states.get(i % 2).change(context -> {
                        context.fetch("select count(*) from runs");
                        begin(context, "RUN-" + i);
                    })))
                    .toList();
            for (Future<?> write : writes) {
                write.get();
            }
        }

        assertThat(runs(states.getFirst())).isEqualTo(200);
    }

    @Test
    void the_run_lock_is_held_by_one_at_a_time() {
        State state = State.open(folder);
        RunLock first = RunLock.tryTake(state).orElseThrow();

        assertThat(RunLock.tryTake(state)).isEmpty();
        boolean[] waited = {false};
        assertThat(RunLock.take(state, Duration.ofMillis(250), () -> waited[0] = true, () -> false))
                .isEmpty();
        assertThat(waited[0]).isTrue();
        first.close();
        RunLock.tryTake(state).orElseThrow().close();
    }

    @Test
    void a_file_that_is_no_database_is_named_in_the_refusal() throws Exception {
        Files.writeString(folder.resolve("opsiq.db"), "this is not a database, whatever its name says ".repeat(50));

        assertThatThrownBy(() -> State.open(folder))
                .isInstanceOf(StateException.class)
                .hasMessageContaining(folder.toString());
    }

    @Test
    void a_state_of_a_newer_version_is_refused() {
        State state = State.open(folder);
        state.change(context -> context.execute("pragma user_version = 999"));

        assertThatThrownBy(() -> State.open(folder)).hasMessageContaining("made by a newer OpsIQ");
    }

    @Test
    void the_version_is_the_highest_number_of_a_migration() throws Exception {
        try (var migrations = Files.list(Path.of("src/main/resources/db/migration/sqlite"))) {
            assertThat(migrations
                            .mapToInt(each -> Integer.parseInt(
                                    each.getFileName().toString().replaceFirst("^V(\\d+)__.*", "$1")))
                            .max())
                    .hasValue(State.VERSION);
        }
    }

    @Test
    void forgetting_empties_every_table() {
        State state = State.open(folder);
        state.change(context -> begin(context, "RUN-1"));

        state.forgetAll();

        assertThat(runs(state)).isZero();
    }

    private static void begin(DSLContext context, String id) {
        context.execute("insert into runs (run_id, status, started_at, request) values (?, 'running', '', '{}')", id);
    }

    private static long runs(State state) {
        return state.read(context -> context.fetchCount(org.jooq.impl.DSL.table("runs")));
    }
}
