package io.opsiq.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CalibrationTest {

    @Test
    void scores_that_promise_too_much_are_apart_from_the_outcome_by_as_much() {
        Calibration calibration = Calibration.of(
                List.of(answer("0.95", true, 100), answer("0.95", false, 100), answer("0.15", false, 10)));

        assertThat(calibration.reviewed()).isEqualTo(3);
        assertThat(calibration.expectedCalibrationError()).isEqualByComparingTo("0.35");
        assertThat(calibration.bins()).hasSize(2);
        assertThat(calibration.precision().value()).isEqualByComparingTo("0.3333");
    }

    @Test
    void money_found_first_is_the_best_order() {
        assertThat(Calibration.of(List.of(answer("0.9", true, 100), answer("0.9", false, 50)))
                        .moneyOrder())
                .isEqualByComparingTo("1");
        assertThat(Calibration.of(List.of(answer("0.9", false, 50), answer("0.9", true, 100)))
                        .moneyOrder())
                .isEqualByComparingTo("0.5");
    }

    @Test
    void nothing_reviewed_says_so() {
        Calibration calibration = Calibration.of(List.of());

        assertThat(calibration.brier()).isNull();
        assertThat(calibration.note()).contains("not known");
    }

    @Test
    void a_hidden_leak_that_was_reviewed_is_a_miss() {
        Calibration calibration = Calibration.of(Stream.of(true, false)
                .map(leak -> new Answered(null, new BigDecimal("0.05"), leak, 10, true, Instant.EPOCH))
                .toList());

        assertThat(calibration.auditsReviewed()).isEqualTo(2);
        assertThat(calibration.auditMisses()).isEqualTo(1);
        assertThat(calibration.reviewed()).isZero();
    }

    @Test
    void an_interval_holds_its_share_and_narrows_with_the_count() {
        Interval few = Interval.of(9, 10);
        Interval many = Interval.of(900, 1000);

        assertThat(few.value()).isBetween(few.low(), few.high());
        assertThat(many.low()).isGreaterThan(few.low());
        assertThat(Interval.of(0, 0).value()).isNull();
    }

    private static Answered answer(String score, boolean isTrue, long money) {
        return new Answered("RUN-1", new BigDecimal(score), isTrue, money, false, Instant.EPOCH);
    }
}
