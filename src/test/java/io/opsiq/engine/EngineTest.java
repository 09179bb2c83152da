package io.opsiq.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EngineTest {

    @TempDir
    Path folder;

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
}
