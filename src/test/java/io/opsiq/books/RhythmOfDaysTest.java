package io.opsiq.books;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsiq.engine.Engine;
import io.opsiq.engine.EngineSettings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rhythm of series that are too long to be written down as fixtures. */
final class RhythmOfDaysTest {

    private static final double SPIKE = 8;

    @TempDir
    Path folder;

    private Engine engine;

    @BeforeEach
    void open() {
        engine = Engine.open(new EngineSettings(folder, "200MB", 1));
        engine.run("create table clock as select date '2024-07-01' as first_day, date '2026-06-30' as last_day");
        Statements.of("rhythms.sql").forEach(engine::run);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void a_batch_on_the_last_day_of_the_month_is_as_large_on_a_weekend() {
        observe("case when day = last_day(day) then 300 when isodow(day) > 5 then 60 else 150 end");
        assertThat(spikes()).isEmpty();
    }

    @Test
    void a_batch_on_the_last_day_of_the_month_that_is_smaller_on_a_weekend_leaves_a_large_one_there_a_spike() {
        observe("""
                case when isodow(day) > 5 then 60 else 150 end * case when day = last_day(day) then 3 else 1 end
                    * case when day = date '2026-01-31' then 3 else 1 end
                """);
        assertThat(spikes()).containsExactly("2026-01-31");
    }

    @Test
    void a_weekend_as_busy_as_a_batch_stands_out_although_batches_do_not_care_for_weekdays() {
        observe(
                "case when day = last_day(day) or day = date '2026-01-17' then 300 when isodow(day) > 5 then 60 else 150 end");
        assertThat(spikes()).containsExactly("2026-01-17");
    }

    /** Two years of days, each with what the expression gives and a scatter as chance would have it. */
    private void observe(String expression) {
        engine.run("""
                create table points as
                select 'EMEA' as series, day, cast(usual + sqrt(usual) * scatter as integer) as observed, 1 as size
                from (
                    select
                        day,
                        %s as usual,
                        -- of twelve even numbers, minus six, the sum is about normal
                        list_sum([hash(day, i) %% 1000 / 1000 for i in range(12)]) - 6 as scatter
                    from (select cast(unnest(generate_series(date '2024-07-01', date '2026-06-30', interval 1 day)) as date) as day) days
                ) told
                """.formatted(expression));
    }

    private List<String> spikes() {
        return engine.list(
                "select day from rhythm_of_days('points', false) where deviations >= ? order by day",
                row -> row.getString(1),
                SPIKE);
    }
}
