package io.opsiq.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsiq.engine.Engine;
import io.opsiq.engine.EngineSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedFolderTest {

    @TempDir
    Path data;

    @TempDir
    Path mapping;

    @TempDir
    Path work;

    private Engine engine;

    @BeforeEach
    void open() {
        engine = Engine.open(new EngineSettings(work, "500MB", 2));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void raw_tables_are_text_missing_columns_are_empty_and_what_is_missing_is_said() throws IOException {
        Files.writeString(data.resolve("Orders-2026.csv"), "Id,Total\n1, 5.00 \n2,\n");
        Files.writeString(mapping.resolve("mapping.yaml"), """
                reads:
                  orders: {files: [orders, "orders-*"], columns: [id, total, colour]}
                  extras: {files: [extras], columns: [id], optional: true}
                """);
        Files.writeString(
                mapping.resolve("invoices.sql"),
                "with own as (select * from orders) select id as invoice_id, total as billed_amount, colour, e.id as extra from own left join extras as e using (id);");
        Files.writeString(mapping.resolve("payments.sql"), "select * from charges");

        MappedFolder folder = folder();
        List<String> remarks = folder.prepare(engine).remarks();

        assertThat(folder.names()).containsExactly("invoices");
        assertThat(remarks)
                .anyMatch(remark -> remark.contains("Orders-2026.csv has no column colour"))
                .anyMatch(remark -> remark.startsWith("payments is absent"));
        engine.run("create table invoices (a varchar, b varchar, c varchar, d varchar)");
        folder.feeds("invoices", engine).getFirst().copy(engine, from -> "insert into invoices select * from " + from);
        assertThat(engine.list("select a || '=' || coalesce(b, '-') from invoices order by a", row -> row.getString(1)))
                .containsExactly("1=5.00", "2=-");
    }

    @Test
    void a_raw_table_whose_only_file_cannot_be_read_is_absent_and_the_file_is_named() throws IOException {
        Files.write(data.resolve("orders.csv"), new byte[] {(byte) 0xff, (byte) 0xfe, 'i', 0});
        Files.writeString(data.resolve("charges.csv"), "id\n1\n");
        Files.writeString(mapping.resolve("invoices.sql"), "select * from orders");
        Files.writeString(mapping.resolve("mapping.yaml"), "reads: {orders: {files: [orders], columns: [id]}}\n");
        Files.writeString(mapping.resolve("payments.sql"), "select id as payment_id from charges");

        MappedFolder folder = folder();
        Source.Prepared prepared = folder.prepare(engine);

        assertThat(folder.names()).containsExactly("payments");
        assertThat(prepared.unreadable()).containsExactly("orders.csv");
        assertThat(prepared.remarks()).anyMatch(remark -> remark.contains("UTF-16"));
    }

    @Test
    void a_mapping_reads_no_file_of_its_own_accord() throws IOException {
        Files.writeString(data.resolve("orders.csv"), "id\n1\n");
        Path secret = Files.writeString(work.resolve("secret.csv"), "id\nsecret\n");
        Files.writeString(mapping.resolve("invoices.sql"), "select * from read_csv('" + secret + "'), orders");

        MappedFolder folder = folder();
        folder.prepare(engine);

        assertThatThrownBy(() -> folder.feeds("invoices", engine))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("invoices.sql")
                .hasMessageContaining("no files");
    }

    @Test
    void what_is_not_one_select_is_refused() throws IOException {
        Files.writeString(data.resolve("orders.csv"), "id\n1\n");
        for (String statement :
                List.of("drop table orders", "select 1; select 2", "copy orders to 'x.csv'", "selec 1")) {
            Files.writeString(mapping.resolve("invoices.sql"), statement);
            try (Engine fresh = Engine.open(new EngineSettings(work, "500MB", 2))) {
                assertThatThrownBy(() -> folder().prepare(fresh))
                        .as(statement)
                        .isInstanceOf(MappingException.class)
                        .hasMessageContaining("invoices.sql is not one SELECT");
            }
        }
    }

    @Test
    void minor_units_become_major_ones_by_currency_and_what_is_no_number_is_not_hidden() {
        engine.run(Mapping.FROM_MINOR_UNITS);

        assertThat(engine.list("""
                        select from_minor_units(a, c) from (values
                            ('1999', 'usd'), ('1999', 'JPY'), ('1999', 'kwd'), ('-5', 'eur'), ('870.0', 'usd'),
                            ('4.80', 'usd'), ('abc', 'usd'), (null, 'usd')) t(a, c)
                        """, row -> row.getString(1)))
                .containsExactly(
                        "19.99", "1999", "1.999", "-0.05", "8.70", "minor units: 4.80", "minor units: abc", null);
    }

    private MappedFolder folder() {
        return new MappedFolder(SourceFolder.of(data), Mapping.named(mapping.toString()));
    }
}
