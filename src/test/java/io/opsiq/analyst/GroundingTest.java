package io.opsiq.analyst;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsiq.engine.Grid;
import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroundingTest {

    private static final Grid RESULT = new Grid(
            List.of("region", "month", "revenue", "refund_rate"),
            List.of(
                    List.of("EMEA", "2026-10-01", new BigDecimal("1234.56"), new BigDecimal("0.083333")),
                    List.of("Region 51", "2026-09-01", new BigDecimal("-20.00"), new BigDecimal("0.5"))),
            false);
    private static final Grounding GROUNDING =
            new Grounding(RESULT, List.of("Why did refunds of 2026-10-05 rise in October?"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Revenue was 1,234.56 in EMEA.",
                "It was 1235, or 1,234.6, a rate of 8.33 % and 50 %.",
                "It fell by 20.00 in Region 51.",
                "In October 2026 and Q4 2026 it was so, as on 2026-10-05.",
                "There are 2 rows.",
                "The region came first. Then the other."
            })
    void what_the_result_or_the_question_holds_may_be_said(String text) {
        assertThat(GROUNDING.violation(text, List.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Revenue was 1,234.57.",
                "Revenue was 1,234.5.",
                "It fell by 21.",
                "A rate of 8.34 %.",
                "It was so in APAC.",
                "It was so in Region 52.",
                "In November 2026 it was so.",
                "On 2026-10-06 it was so.",
                "It was caused by invoice INV009.",
                "Blame C009 for it.",
                "About 3 customers left."
            })
    void what_neither_holds_is_found(String text) {
        assertThat(GROUNDING.violation(text, List.of())).isPresent();
    }

    @Test
    void a_name_of_the_books_is_found_though_it_is_written_small() {
        assertThat(GROUNDING.violation("it was mostly apac", List.of("APAC"))).isPresent();
        assertThat(GROUNDING.violation("it was mostly emea", List.of("EMEA"))).isEmpty();
    }

    @Property
    void rounding_to_any_digits_is_no_violation_and_the_next_number_is(
            @ForAll @BigRange(min = "0", max = "9999999") BigDecimal value, @ForAll @IntRange(max = 4) int digits) {
        Grid grid = new Grid(List.of("n"), List.of(List.of(value)), false);
        BigDecimal shown = value.setScale(digits, java.math.RoundingMode.HALF_UP);
        BigDecimal next = shown.add(BigDecimal.ONE.movePointLeft(digits).multiply(new BigDecimal(3)));
        Grounding grounding = new Grounding(grid, List.of());

        assertThat(grounding.violation("It was " + shown.toPlainString() + ".", List.of()))
                .isEmpty();
        boolean isAnother = next.compareTo(BigDecimal.ONE) != 0
                && value.movePointRight(2)
                                .setScale(digits, java.math.RoundingMode.HALF_UP)
                                .compareTo(next)
                        != 0;
        if (isAnother) {
            assertThat(grounding.violation("It was " + next.toPlainString() + ".", List.of()))
                    .isPresent();
        }
    }
}
