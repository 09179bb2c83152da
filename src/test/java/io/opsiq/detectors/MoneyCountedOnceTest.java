package io.opsiq.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsiq.books.Books;
import io.opsiq.books.BooksReader;
import io.opsiq.engine.Engine;
import io.opsiq.engine.EngineSettings;
import io.opsiq.sources.SourceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MoneyCountedOnceTest {

    @TempDir
    Path data;

    @TempDir
    Path work;

    @BeforeEach
    void write_three_credits_of_which_the_issuer_approved_one() throws IOException {
        Files.writeString(data.resolve("refunds.csv"), """
                refund_id,customer_id,refund_date,amount,reason,processor,linked_payment_id,issued_by,approved_by
                R1,C1,2026-01-12,450.00,manual_credit,manual,,ann,boss
                R2,C1,2026-01-14,480.00,manual_credit,manual,,ann,ann
                R3,C1,2026-01-19,400.00,manual_credit,manual,,ann,
                """);
    }

    @Test
    void a_finding_keeps_what_nobody_else_counts_and_says_what_it_leaves_out() {
        List<Finding> findings = findings();

        assertThat(findings)
                .extracting(finding -> finding.detector().id() + " " + finding.amount())
                .containsExactly("self_approved_credit 480.00", "split_credit 850.00");
        assertThat(findings.get(1).evidence())
                .contains("R2 (USD 480.00) is counted elsewhere, as “Self-approved credit”, and left out here.")
                .contains("Also found as “Manual credit” (USD 400.00); its money is counted here, once.");
        assertThat(findings.get(0).evidence())
                .contains("Also found as “Manual credit” (USD 480.00); its money is counted here, once.");
    }

    @Test
    void its_fingerprint_is_the_same_as_of_the_whole() throws IOException {
        String parted = findings().get(1).fingerprint();
        Path refunds = data.resolve("refunds.csv");
        Files.writeString(refunds, Files.readString(refunds).replace("ann,ann", "ann,boss"));

        assertThat(findings())
                .extracting(Finding::fingerprint)
                .filteredOn(fingerprint -> fingerprint.startsWith("split_credit"))
                .containsExactly(parted);
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
