package io.opsiq.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsiq.cases.CaseTally;
import io.opsiq.cases.Confidence;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScorecardTest {

    @Test
    void a_run_without_cases_is_neither_right_nor_wrong() {
        Scorecard card = new Scorecard(List.of());

        assertThat(card.actionability()).isEqualTo(1);
        assertThat(card.correctness()).isEqualTo(3);
        assertThat(card.specificity()).isEqualTo(1);
        assertThat(card.calibrationNote()).isEqualTo("The run found no cases; there is nothing to calibrate.");
    }

    @Test
    void correctness_is_the_share_that_nobody_found_false() {
        assertThat(card(8, 0, 0, 0).correctness()).isEqualTo(5);
        assertThat(card(8, 0, 0, 2).correctness()).isEqualTo(4);
        assertThat(card(8, 0, 0, 5).correctness()).isEqualTo(2);
        assertThat(card(8, 0, 0, 8).correctness()).isEqualTo(1);
    }

    @Test
    void what_is_not_worth_acting_on_is_less_actionable() {
        assertThat(card(8, 0, 0, 0).actionability()).isEqualTo(5);
        assertThat(card(8, 0, 4, 0).actionability()).isEqualTo(3);
    }

    @Test
    void thin_evidence_is_less_specific() {
        CaseTally thin = new CaseTally(Confidence.HIGH, 4, 8, 4, 0, 0, 0, BigDecimal.ZERO);

        assertThat(new Scorecard(List.of(thin)).specificity()).isEqualTo(3);
    }

    @Test
    void the_note_compares_what_the_scores_promised_with_what_reviewers_said() {
        CaseTally high = new CaseTally(Confidence.HIGH, 6, 12, 12, 1, 0, 2, new BigDecimal("2.70"));
        CaseTally medium = new CaseTally(Confidence.MEDIUM, 4, 8, 8, 1, 1, 0, new BigDecimal("0.70"));

        assertThat(new Scorecard(List.of(high, medium)).calibrationNote())
                .isEqualTo(
                        "5 of 10 cases reviewed: 2 approved, 2 false positive, 1 not worth acting on. Their scores promised 0.85 true on average, reviewers confirmed 0.50: so far the scores are too sure. Of those shown with high confidence, 2 of 3 were false positives. Of those shown with medium confidence, 0 of 1 were false positives.");
    }

    @Test
    void rejected_cases_alone_say_nothing_about_calibration() {
        assertThat(card(3, 0, 1, 0).calibrationNote())
                .isEqualTo("1 of 3 cases reviewed: 0 approved, 0 false positive, 1 not worth acting on.");
    }

    private static Scorecard card(long cases, long approved, long rejected, long falsePositive) {
        return new Scorecard(List.of(new CaseTally(
                Confidence.HIGH, cases, 2 * cases, 2 * cases, approved, rejected, falsePositive, BigDecimal.ZERO)));
    }
}
