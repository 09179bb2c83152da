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
import org.jooq.impl.DSL;
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
    void while_a_transaction_is_prepared_others_write_and_it_sees_what_they_wrote() {
        State state = State.open(folder);
        State other = State.open(folder);

        int seen = state.transaction(
                context -> {
                    context.execute("create temporary table prepared as select 'RUN-1' as run_id");
                    other.change(writing -> begin(writing, "RUN-2"));
                    return "RUN-3";
                },
                (context, prepared) -> {
                    begin(context, prepared);
                    context.execute(
                            "insert into runs (run_id, status, started_at, request) select run_id, 'running', '', '{}' from prepared");
                    return context.fetchCount(DSL.table("runs"));
                });

        assertThat(seen).isEqualTo(3);
        assertThat(runs(other)).isEqualTo(3);
    }

    @Test
    void a_transaction_whose_preparation_throws_leaves_nothing_and_blocks_nobody() {
        State state = State.open(folder);

        assertThatThrownBy(() -> state.transaction(
                        context -> {
                            context.execute("create temporary table prepared as select 1 as number");
                            throw new IllegalArgumentException("no");
                        },
                        (context, prepared) -> prepared))
                .hasMessage("no");
        state.change(context -> begin(context, "RUN-1"));
        assertThat(runs(state)).isEqualTo(1);
    }

    @Test
    void a_new_database_has_large_pages_and_its_journal() {
        State state = State.open(folder);

        assertThat(state.<List<Object>>read(context ->
                        List.of(context.fetchValue("pragma page_size"), context.fetchValue("pragma journal_mode"))))
                .asString()
                .isEqualTo("[8192, wal]");
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
    void a_large_number_behind_a_small_one_keeps_its_size() {
        State state = State.open(folder);
        String numbers = "select column1 as number from (values (1), (5000000000))";

        List<Long> rows =
                state.read(context -> context.resultQuery(numbers).fetch(row -> row.get("number", Long.class)));
        long sum = state.read(context -> context.resultQuery("select sum(number) from (" + numbers + ")")
                .fetchSingle()
                .get(0, Long.class));

        assertThat(rows).containsExactly(1L, 5_000_000_000L);
        assertThat(sum).isEqualTo(5_000_000_001L);
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
        return state.read(context -> context.fetchCount(DSL.table("runs")));
    }
}
