package io.opsiq.reasoning;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroundingTest {

    private static final Facts FACTS = Facts.builder()
            .number("cases", 5)
            .amount("lost", new BigDecimal("1050.00"), "USD")
            .amount("large", new BigDecimal("1053200"), "EUR")
            .share("share_of_refunds", new BigDecimal("0.352"))
            .number("change", new BigDecimal("-12.346"))
            .date("as_of", LocalDate.of(2026, 11, 21))
            .moment("found", Instant.parse("2026-11-20T09:12:00Z"))
            .id("case", "CASE-5RZF9GJM6ATC")
            .ids("detectors", List.of("duplicate_refund", "tier_mismatch"))
            .label("customer", "Tyrell Corp")
            .label("region", "EMEA")
            .build();
    private static final Grounding GROUNDING = Grounding.in(FACTS);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Five cases were found; USD 1,050.00 is lost.",
                "5 cases, $1,050 lost, 1.050,00 USD in all.",
                "About \u20ac1.1 million and EUR 1,053,200 are at stake.",
                "That is 35.2 % or 35% of refunds, 0.352 as a share.",
                "It fell by 12.35, that is -12.3.",
                "As of November 21, 2026 and 2026-11-20 09:12 UTC, in November 2026.",
                "Review CASE-5RZF9GJM6ATC first: duplicate_refund stands before tier_mismatch.",
                "Tyrell Corp in EMEA is customer-1 in region-1.",
                "Duplicate refunds come first. Check the tier mismatch next.",
                "1. Review the first case.\n2. Then the others.",
                "\u201cReview\u201d one case, not both."
            })
    void what_the_facts_hold_may_be_said_in_any_common_form(String prose) {
        assertThat(GROUNDING.flawIn(prose)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Six cases were found.",
                "There are 7 cases.",
                "USD 1,051.00 is lost.",
                "EUR 1,050.00 is lost.",
                "\u00a31,050.00 is lost.",
                "GBP 1,050.00 is lost.",
                "Lost is USD 1,050 million.",
                "That is 5 % of refunds.",
                "That is 36% of refunds.",
                "Thousands were lost.",
                "Half of it was lost.",
                "Losses doubled.",
                "Twenty-five cases were found.",
                "It happened on November 22, 2026.",
                "It happened on 2026-11-19.",
                "It happened in December.",
                "At 10:12 it was found.",
                "Review CASE-AAAAAAAAAAAA first.",
                "See INV999 and REF-12.",
                "Turn off underbilling_check.",
                "Refunds to Globex rose.",
                "Globex was refunded.",
                "APAC leads.",
                "The case is with iCorp.",
                "region-2 leads.",
                "It was \u0410\u0441me.",
                "It was \u0665 cases.",
                "Refunds 5x higher."
            })
    void what_the_facts_do_not_hold_is_found(String prose) {
        assertThat(GROUNDING.flawIn(prose)).as(prose).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Tyrell Corp leads.", "Refunds in EMEA rose."})
    void a_name_that_the_model_was_not_told_is_invented_also_when_it_is_right(String prose) {
        assertThat(Grounding.in(FACTS, false).flawIn(prose)).isPresent();
    }

    @Property
    void a_given_amount_is_recognised_as_people_write_it_and_no_other_is(
            @ForAll @BigRange(min = "0.01", max = "9999999.99") @Scale(2) BigDecimal given,
            @ForAll @BigRange(min = "0.01", max = "9999999.99") @Scale(2) BigDecimal other) {
        Grounding grounding =
                Grounding.in(Facts.builder().amount("lost", given, "EUR").build());

        assertThat(grounding.flawIn("Lost: EUR %,.2f.".formatted(given))).isEmpty();
        assertThat(grounding.flawIn("Lost: %,.0f \u20ac.".formatted(given))).isEmpty();
        assertThat(grounding.flawIn("Lost: EUR %,.2f.".formatted(other)).isPresent())
                .isEqualTo(other.compareTo(given) != 0);
    }
}
