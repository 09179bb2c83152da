package io.opsiq.investigation;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsiq.books.Books;
import io.opsiq.books.BooksReader;
import io.opsiq.detectors.Detection;
import io.opsiq.detectors.Finding;
import io.opsiq.detectors.Pack;
import io.opsiq.engine.Engine;
import io.opsiq.engine.EngineSettings;
import io.opsiq.engine.Sql;
import io.opsiq.seed.DemoBooks;
import io.opsiq.sources.SourceFolder;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reviewer need not trust the tool: the proof runs on the files themselves, as any other program reads them. */
class EvidenceSqlTest {

    @TempDir
    Path data;

    @TempDir
    Path work;

    @Test
    void the_proof_of_every_case_brings_back_its_money_from_the_raw_files() {
        new DemoBooks(Clock.systemUTC()).write(data);
        List<Finding> findings = findings();

        assertThat(findings).hasSize(5);
        try (Engine reader = Engine.open(new EngineSettings(work, "500MB", 2))) {
            for (String table : List.of("customers", "subscriptions", "invoices", "payments", "refunds")) {
                reader.run("create table %s as select * from read_csv(%s)"
                        .formatted(
                                table, Sql.literal(data.resolve(table + ".csv").toString())));
            }
            for (Finding finding : findings) {
                BigDecimal proved = reader.one(
                        "select round(sum(at_stake), 2) from (" + finding.evidenceSql() + "\n)",
                        row -> row.getBigDecimal(1));
                assertThat(proved).as(finding.title()).isEqualByComparingTo(finding.amount());
            }
        }
    }

    private List<Finding> findings() {
        try (Engine engine = Engine.open(new EngineSettings(work, "500MB", 2))) {
            Books books = new BooksReader(engine, SourceFolder.of(data), null, Clock.systemUTC(), table -> {}).read();
            Detection detection = new Detection(books, Pack.shipped(), Map.of(), name -> {});
            detection.run();
            List<Finding> findings = new ArrayList<>();
            detection.forEachFinding(findings::add);
            return findings;
        }
    }
}
