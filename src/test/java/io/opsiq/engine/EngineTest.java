package io.opsiq.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EngineTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"20MB, 60000000, memory", "20MB, 62000000, kept", "20MiB, 62000000, memory", "1GB, 3000000003, kept"})
    void tables_far_larger_than_the_memory_are_kept_on_disk(String memory, long bytes, String database) {
        try (Engine engine = Engine.open(new EngineSettings(folder, memory, 1))) {
            engine.makeRoomFor(bytes);
            assertThat(engine.<String>one("select current_database()", row -> row.getString(1)))
                    .isEqualTo(database);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void how_far_a_statement_is_is_followed_only_where_somebody_asks(boolean asked) {
        try (Engine engine = Engine.open(new EngineSettings(folder, "100MB", 1).measured(asked))) {
            assertThat(engine.<Boolean>one("select current_setting('enable_progress_bar')", row -> row.getBoolean(1)))
                    .isEqualTo(asked);
            assertThat(engine.percent()).as("while nothing runs").isEmpty();
        }
    }

    @Test
    void work_that_needs_more_memory_than_it_may_take_says_which_setting_helps() {
        try (Engine engine = Engine.open(new EngineSettings(folder, "20MB", 1))) {
            assertThatThrownBy(
                            () -> engine.run(
                                    "create table one_group as select list(i) as numbers, list(i::varchar) as texts from range(10000000) as n(i)"))
                    .isInstanceOf(EngineException.class)
                    .hasMessageStartingWith("Out of Memory Error")
                    .hasMessageEndingWith("Maybe raise OPSIQ_MEMORY, or lower OPSIQ_THREADS.")
                    .hasMessageNotContainingAny("duckdb.org", "SET threads");
        }
    }

    @Test
    void an_engine_that_is_closing_is_closed_once_and_leaves_nothing() {
        Engine engine = Engine.open(new EngineSettings(folder, "100MB", 1));
        engine.run("create table numbers as select i from range(1000000) as n(i)");
        engine.closeMeanwhile();
        engine.close();
        assertThat(folder).isEmptyDirectory();
        assertThatThrownBy(() -> engine.run("select 1")).isInstanceOf(EngineException.class);
    }
}
