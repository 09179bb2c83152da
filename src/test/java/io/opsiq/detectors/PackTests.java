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

    @TestFactory
    Stream<DynamicTest> every_fixture_of_the_pack_holds() throws IOException {
        Pack pack = Pack.shipped();
        Path work = Files.createTempDirectory("opsiq-fixtures");
        FixtureRuns runs = new FixtureRuns(pack, work, Clock.systemUTC());
        return pack.detectors().stream()
                .flatMap(detector -> runs.run(detector).stream())
                .map(result -> DynamicTest.dynamicTest(
                        result.detector() + ": " + result.fixture().name(),
                        () -> assertThat(result.problems()).isEmpty()));
    }

    @Test
    void the_more_specific_types_settle_first() {
        List<String> order =
                Pack.shipped().bySpecificity().stream().map(Detector::id).toList();

        assertThat(order.indexOf("tier_mismatch")).isLessThan(order.indexOf("underbilling"));
        assertThat(order.indexOf("duplicate_refund")).isLessThan(order.indexOf("manual_credit"));
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
