package io.opsiq.detectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class PackTests {

    @TempDir
    Path folder;

    @Test
    void the_five_types_of_the_original_are_there() {
        assertThat(Pack.shipped().detectors())
                .extracting(Detector::id)
                .contains("duplicate_refund", "underbilling", "tier_mismatch", "refund_spike", "manual_credit");
    }

    @Test
    void every_type_of_the_catalogue_has_its_detector() {
        assertThat(Pack.shipped().detectors())
                .hasSize(25)
                .filteredOn(detector -> detector.phase() == Detector.Phase.RHYTHMS)
                .extracting(Detector::id)
                .containsExactlyInAnyOrder("refund_spike", "payment_failure_spike", "revenue_drop");
    }

    @TestFactory
    Stream<DynamicTest> every_fixture_of_the_pack_holds() throws IOException {
        Pack pack = Pack.shipped();
        Path work = Files.createDirectory(folder.resolve("fixtures"));
        FixtureRuns runs = new FixtureRuns(pack, work, Clock.systemUTC());
        return pack.detectors().stream()
                .flatMap(detector -> runs.run(detector).stream())
                .map(result -> DynamicTest.dynamicTest(
                        result.detector() + ": " + result.fixture().name(),
                        () -> assertThat(result.problems()).isEmpty()));
    }

    @Test
    void the_more_specific_types_settle_first_whatever_their_names() throws IOException {
        write("a_general", "[]");
        write("m_middle", "[a_general]");
        write("z_special", "[m_middle]");

        assertThat(Pack.of(folder).bySpecificity())
                .extracting(Detector::id)
                .containsExactly("z_special", "m_middle", "a_general");
    }

    @Test
    void types_that_give_way_to_each_other_in_a_circle_are_refused() throws IOException {
        write("one", "[two]");
        write("two", "[one]");

        assertThatThrownBy(() -> Pack.of(folder)).hasMessageContaining("specific_over leads back to itself");
    }

    private void write(String id, String specificOver) throws IOException {
        Path detector = Files.createDirectories(folder.resolve(id));
        Files.writeString(detector.resolve("detector.yaml"), """
                id: %s
                name: A leak
                title: A leak
                leak: Money leaks.
                maturity: stable
                prior_precision: 0.5
                severity: [{from: 0, level: low}]
                requires: {invoices: [invoice_id]}
                entity: [invoice_id]
                fingerprint: [invoice_id]
                counts: {invoice: invoice_id}
                specific_over: %s
                evidence: [It leaks.]
                false_positives: [Something else.]
                recommended_action: Mend it.
                """.formatted(id, specificOver));
        for (String file : List.of("query.sql", "evidence.sql", "triage.md")) {
            Files.writeString(detector.resolve(file), "select 1");
        }
    }

    @Test
    void a_pack_that_does_not_keep_to_its_form_is_refused_with_every_complaint() throws IOException {
        Path detector = Files.createDirectories(folder.resolve("some_leak"));
        Files.writeString(detector.resolve("detector.yaml"), """
                id: other_leak
                name: Some leak
                title: A leak
                leak: Money leaks.
                maturity: stable
                prior_precision: 0.5
                severity: [{from: 0, level: low}]
                requires: {invoices: [invoice_id]}
                params: {limit: {default: 5, min: 10, max: 20, step: 1, learnable: true}}
                entity: [invoice_id]
                fingerprint: [invoice_id]
                counts: {invoice: invoice_id}
                evidence: [It leaks.]
                false_positives: []
                recommended_action: Mend it.
                """);
        Files.writeString(detector.resolve("query.sql"), "select 1");

        assertThatThrownBy(() -> Pack.of(folder))
                .isInstanceOf(PackException.class)
                .hasMessageContaining("some_leak: its id 'other_leak' differs")
                .hasMessageContaining("false_positives says nothing")
                .hasMessageContaining("the default of limit lies outside min and max")
                .hasMessageContaining("evidence.sql is missing")
                .hasMessageContaining("triage.md is missing");
    }

    @Test
    void an_unknown_key_in_a_detector_is_a_mistake_with_its_line() throws IOException {
        Path detector = Files.createDirectories(folder.resolve("some_leak"));
        Files.writeString(detector.resolve("detector.yaml"), "id: some_leak\nmaturty: stable\n");

        assertThatThrownBy(() -> Pack.of(folder))
                .hasMessageContaining("maturty")
                .hasMessageContaining("(line ");
    }
}
