package io.opsiq.signals;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsiq.signals.PostedSignals.Outcome;
import io.opsiq.state.State;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostedSignalsTest {

    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

    @TempDir
    Path folder;

    private PostedSignals signals;

    @BeforeEach
    void open() {
        signals = new PostedSignals(State.open(folder), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void the_most_severe_come_first_and_of_those_the_latest() {
        post("A", "2026-03-01T00:00:00Z", "high");
        post("B", "2026-03-02T00:00:00Z", "high");
        post("C", "2026-03-03T00:00:00Z", "low");
        post("D", "2026-02-01T00:00:00Z", "CRITICAL");

        assertThat(signals.mostUrgent(10)).extracting(Signal::signalId).containsExactly("D", "B", "A", "C");
        assertThat(signals.mostUrgent(10).stream().sorted(Signal.BY_URGENCY).toList())
                .isEqualTo(signals.mostUrgent(10));
    }

    @Test
    void what_is_not_said_is_filled_in() {
        Outcome.Stored stored =
                (Outcome.Stored) signals.post(null, null, "alert", "low", null, null, Map.of("region", "EMEA"));

        assertThat(stored.signal().signalId()).startsWith("SIG-");
        assertThat(stored.signal().timestamp()).isEqualTo(NOW);
        assertThat(stored.signal().source()).isEqualTo("internal");
        assertThat(signals.mostUrgent(1)).containsExactly(stored.signal());
    }

    @Test
    void the_same_signal_twice_is_one_and_another_of_its_id_is_refused() {
        post("A", "2026-03-01T00:00:00Z", "high");

        assertThat(post("A", "2026-03-01T00:00:00Z", "high"))
                .isInstanceOfSatisfying(
                        Outcome.Stored.class,
                        stored -> assertThat(stored.isNew()).isFalse());
        assertThat(post("A", "2026-03-01T00:00:00Z", "low")).isInstanceOf(Outcome.Taken.class);
        assertThat(signals.mostUrgent(10)).hasSize(1);
    }

    @Test
    void a_field_that_does_not_fit_is_named() {
        assertThat(post("A", null, "urgent"))
                .isEqualTo(new Outcome.DoesNotFit(
                        "severity", "severity is 'urgent'. It is one of low, medium, high, critical."));
        assertThat(post("A".repeat(300), null, "low"))
                .isInstanceOfSatisfying(
                        Outcome.DoesNotFit.class,
                        misfit -> assertThat(misfit.field()).isEqualTo("signal_id"));
    }

    private Outcome post(String id, @Nullable String time, String severity) {
        return signals.post(id, time == null ? null : Instant.parse(time), "alert", severity, null, null, null);
    }
}
