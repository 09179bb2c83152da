package io.opsiq.sentiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class CaseSentimentTest {
    private static final Sentiment SENTIMENT = new Sentiment();

    @Test
    void a_case_without_texts_is_neutral_and_unclear() {
        var nothing = new CaseSentiment(new BigDecimal("0.00"), RiskLevel.NEUTRAL, ReasonCode.UNCLEAR, 0);

        assertThat(SENTIMENT.overall(List.of())).isEqualTo(nothing);
        assertThat(SENTIMENT.overall(List.of("", "  \n", "\u200b", "--"))).isEqualTo(nothing);
    }

    @Test
    void the_worst_text_sets_the_risk() {
        var overall = SENTIMENT.overall(List.of("goodwill", "credit issued without approval", "thanks"));

        assertThat(overall.overallRiskLevel()).isEqualTo(RiskLevel.HIGH);
        assertThat(overall.textsRead()).isEqualTo(3);
    }

    @Test
    void a_reassuring_text_among_plain_ones_makes_the_risk_low() {
        assertThat(SENTIMENT.overall(List.of("ticket 4711", "goodwill")).overallRiskLevel())
                .isEqualTo(RiskLevel.LOW);
    }

    @Test
    void the_reason_of_most_texts_stands() {
        assertThat(reason("service_issue", "billing_error", "billing_error")).isEqualTo(ReasonCode.BILLING_ERROR);
    }

    @Test
    void a_named_problem_goes_before_texts_that_name_none() {
        assertThat(reason("see ticket", "see ticket", "all good", "all good", "outage"))
                .isEqualTo(ReasonCode.SERVICE_ISSUE);
        assertThat(reason("see ticket", "see ticket", "all good")).isEqualTo(ReasonCode.NOT_A_PROBLEM);
    }

    @Test
    void the_polarity_is_the_mean() {
        var polarity = SENTIMENT.overall(List.of("furious", "see ticket")).overallPolarity();

        assertThat(polarity).isEqualTo(new BigDecimal("-0.30"));
    }

    private static ReasonCode reason(String... texts) {
        return SENTIMENT.overall(List.of(texts)).reasonCode();
    }
}
