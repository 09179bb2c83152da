package io.opsiq.learning;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsiq.learning.Lessons.Verdicts;
import java.math.BigDecimal;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class LessonsProperties {

    @Property
    void a_penalty_stays_within_its_bounds_and_more_false_positives_never_lower_it(
            @ForAll @LongRange(max = 1000) long approved,
            @ForAll @LongRange(max = 1000) long rejected,
            @ForAll @LongRange(max = 1000) long falsePositive) {
        BigDecimal penalty = penalty(approved, rejected, falsePositive);

        assertThat(penalty).isBetween(BigDecimal.ZERO, new BigDecimal("0.5"));
        assertThat(penalty(approved, rejected, falsePositive + 1)).isGreaterThanOrEqualTo(penalty);
        assertThat(penalty(approved + 1, rejected, falsePositive)).isLessThanOrEqualTo(penalty);
    }

    @Property
    void two_that_are_not_worth_acting_on_teach_as_much_as_one_false_positive(
            @ForAll @LongRange(max = 3) long falsePositives) {
        assertThat(penalty(0, 2 * falsePositives, 0)).isEqualByComparingTo(penalty(0, 0, falsePositives));
    }

    private static BigDecimal penalty(long approved, long rejected, long falsePositive) {
        Lessons lessons = Lessons.of(Map.of("type", new Verdicts(approved, rejected, falsePositive)));
        Lessons.Penalty penalty = lessons.penalties().get("type");
        return penalty == null ? BigDecimal.ZERO : penalty.share();
    }
}
