package io.opsiq.investigation;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsiq.detectors.Pack;
import io.opsiq.learning.VerdictsForTests;
import io.opsiq.signals.Signal;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StrategyTest {

    @Test
    void the_detector_that_a_signal_names_comes_first_and_says_why() {
        assertThat(first(List.of(signal("S1", "duplicate_refund"))))
                .isEqualTo(new Strategy.Focus(
                        "duplicate_refund", List.of(), List.of("Signal S1 (high) names what it looks for.")));
    }

    @Test
    void dozens_of_signals_are_one_sentence_that_names_the_first_of_them() {
        List<Signal> many = IntStream.rangeClosed(1, 40)
                .mapToObj(i -> signal("S" + i, "duplicate_refund"))
                .toList();

        assertThat(first(many).because())
                .containsExactly("Signals S1 (high), S2 (high), S3 (high) and 37 more name what it looks for.");
        assertThat(first(many.subList(0, 2)).because())
                .containsExactly("Signals S1 (high), S2 (high) name what it looks for.");
    }

    @Test
    void signals_that_name_it_and_signals_about_its_tables_are_told_apart() {
        assertThat(first(List.of(signal("S1", "duplicate_refund"), signal("S2", "refunds")))
                        .because())
                .containsExactly(
                        "Signal S1 (high) names what it looks for.",
                        "Signal S2 (high) is about a table that it reads.");
    }

    private static Strategy.Focus first(List<Signal> signals) {
        return Strategy.of(signals, Pack.shipped().detectors(), VerdictsForTests.nothingLearned())
                .focuses()
                .getFirst();
    }

    private static Signal signal(String id, String type) {
        return new Signal(id, null, type, "high", "test", null, Map.of());
    }
}
