package io.opsiq.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxTest {

    @TempDir
    Path folder;

    private Path file;
    private Limits limits;

    @BeforeEach
    void makeABook() throws IOException {
        Files.writeString(folder.resolve("secret.csv"), "a,b\n1,2\n");
        file = folder.resolve("books.duckdb");
        EngineSettings settings = new EngineSettings(folder.resolve("work"), "300MB", 1);
        limits = Limits.of(settings);
        try (Engine engine = Engine.open(settings)) {
            engine.run("attach " + Sql.literal(file.toString()) + " as books");
            engine.run(
                    "create table books.main.invoices as select range as id, range * 1.5 as amount from range(1000)");
            engine.run("create schema books.about");
            engine.run("create table books.about.facts as select 1 as one");
            engine.run("detach books");
        }
    }

    private Sandbox open(Limits within) {
        return Sandbox.over(file, within, Set.of("invoices", "cases"), loading -> {});
    }

    @Test
    void one_select_over_the_books_is_answered() {
        try (Sandbox sandbox = open(limits)) {
            Grid grid = sandbox.ask(
                    "with big as (select * from invoices where id > 997) select id, amount from big order by id");

            assertThat(grid.columns()).containsExactly("id", "amount");
            assertThat(grid.rows()).hasSize(2);
            assertThat(grid.capped()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from read_csv('secret.csv')",
                "select * from 'secret.csv'",
                "select * from \"secret.csv\"",
                "select * from read_text('secret.csv')",
                "select * from glob('*')",
                "from query('select 1')",
                "from query_table('invoices')",
                "select * from duckdb_settings()",
                "select * from duckdb_secrets()",
                "select * from information_schema.tables",
                "select * from about.facts",
                "select * from books.about.facts",
                "select * from books.main.invoices",
                "select * from sqlite_master",
                "select current_setting('memory_limit')",
                "select getenv('HOME')",
                "select nextval('s')",
                "select version()",
                "select set_bit('1'::bit, 0, 1)",
                "select md5(read_text) from read_text('secret.csv')",
                "select (select count(*) from pragma_version())",
                "select * from (describe invoices)",
                "select * from (show tables)",
                "select * from (summarize invoices)",
                "select 1; select 2",
                "select 1; drop table invoices",
                "drop table invoices",
                "delete from invoices",
                "insert into invoices values (1, 2)",
                "create table t as select 1",
                "create temp macro sum(x) as 1",
                "attach 'other.duckdb'",
                "detach books",
                "copy invoices to 'out.csv'",
                "export database 'out'",
                "pragma version",
                "call pragma_version()",
                "install httpfs",
                "load httpfs",
                "set memory_limit = '8GB'",
                "reset search_path",
                "checkpoint",
                "explain select 1",
                "use memory",
                "",
                "nonsense"
            })
    void everything_else_is_refused_and_leaves_nothing(String sql) throws IOException {
        try (Sandbox sandbox = open(limits)) {
            assertThatThrownBy(() -> sandbox.ask(sql)).isInstanceOf(EngineException.class);
            assertThat(sandbox.ask("select sum(amount) as s, count(*) as n from invoices")
                            .rows()
                            .getFirst()
                            .getLast())
                    .isEqualTo(1000L);
        }
        try (var files = Files.list(folder)) {
            assertThat(files.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("secret.csv", "books.duckdb", "work");
        }
    }

    @Test
    void what_passes_the_look_into_the_statement_meets_locked_doors() {
        try (Sandbox sandbox = open(limits)) {
            assertThatThrownBy(() ->
                            sandbox.list("select * from read_csv('" + folder + "/secret.csv')", row -> row.getInt(1)))
                    .hasMessageContaining("disabled by configuration");
            assertThatThrownBy(() -> sandbox.list("set threads = 8", row -> 1)).hasMessageContaining("locked");
            assertThatThrownBy(() -> sandbox.list("drop table invoices", row -> 1))
                    .hasMessageContaining("read-only");
            assertThatThrownBy(() -> sandbox.list("attach '" + folder + "/new.duckdb'", row -> 1))
                    .hasMessageContaining("disabled by configuration");
        }
    }

    @Test
    void more_rows_than_the_limit_are_cut_off_and_said_to_be() {
        try (Sandbox sandbox = open(limits.atMost(10))) {
            assertThat(sandbox.ask("select id from invoices").rows()).hasSize(10);
            assertThat(sandbox.ask("select id from invoices").capped()).isTrue();
            assertThat(sandbox.ask("select id from invoices limit 10").capped()).isFalse();
        }
    }

    @Test
    void a_question_that_takes_too_long_is_stopped() {
        try (Sandbox sandbox = open(limits.within(Duration.ofMillis(200)))) {
            assertThatThrownBy(
                            () -> sandbox.ask(
                                    "select sum(a.id * b.id % 7) from invoices as a, invoices as b, invoices as c, invoices as d"))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("longer than 200 ms");
        }
    }

    @Test
    void memory_is_limited_and_nothing_is_spilled() {
        Limits tight = new Limits("20MB", 1, Duration.ofSeconds(20), 10);
        try (Sandbox sandbox = open(tight)) {
            assertThatThrownBy(() -> sandbox.ask(
                            "select range as r, count(*) as n from range(30000000) group by r order by n, r"))
                    .isInstanceOf(EngineException.class);
        }
        assertThat(folder.resolve("work").toFile().list()).isEmpty();
    }

    @Test
    void tables_of_its_own_stand_beside_those_of_the_file() {
        try (Sandbox sandbox = Sandbox.over(
                file,
                limits,
                Set.of("invoices", "cases"),
                loading -> loading.table("cases", "case_id varchar, money decimal(18, 4), open boolean", rows -> {
                    rows.accept(new Object[] {"CASE-'1", new java.math.BigDecimal("12.5000"), true});
                    rows.accept(new @org.jspecify.annotations.Nullable Object[] {"CASE-2", null, false});
                }))) {
            assertThat(sandbox.ask("select case_id, money, open from cases, invoices where id = 1 order by 1")
                            .rows())
                    .containsExactly(
                            List.of("CASE-'1", new java.math.BigDecimal("12.5000"), true),
                            java.util.Arrays.asList("CASE-2", null, false));
        }
    }
}
