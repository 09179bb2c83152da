package io.opsiq.sentiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class SentimentTest {
    private static final Sentiment SENTIMENT = new Sentiment();

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/sentiment/readings.txt", delimiter = '|', numLinesToSkip = 1)
    void a_text_reads_as_a_person_would_read_it(String text, String reason, String risk) {
        var reading = SENTIMENT.read(text);

        assertThat(reading.reasonCode().code() + " " + reading.riskLevel().code())
                .as(reading.assessment())
                .isEqualTo(reason + " " + risk);
    }

    @ParameterizedTest(name = "{0} / {1}")
    @CsvSource(delimiter = '|', textBlock = """
            duplicate_charge                     | Duplicate   charge!
            This isn't a duplicate               | this isnt a DUPLICATE
            This isn't a duplicate               | This isn’t a duplicate
            double-billed                        | double billed
            billing_error                        | ｂｉｌｌｉｎｇ error
            without approval                     | w/o approval
            never authorised                     | never authorized
            """)
    void spelling_does_not_matter(String one, String other) {
        assertThat(SENTIMENT.read(one).reasonCode())
                .isEqualTo(SENTIMENT.read(other).reasonCode());
        assertThat(SENTIMENT.read(one).polarity())
                .isEqualTo(SENTIMENT.read(other).polarity());
        assertThat(SENTIMENT.read(one).riskLevel())
                .isEqualTo(SENTIMENT.read(other).riskLevel());
    }

    @Test
    void the_assessment_quotes_what_it_rests_on() {
        assertThat(SENTIMENT
                        .read("Not a duplicate, but repeatedly overcharged.")
                        .assessment())
                .isEqualTo(
                        "Overcharge, elevated risk: the text says \"not a duplicate\" and \"repeatedly overcharged\".");
        assertThat(SENTIMENT.read("ticket 48213").assessment())
                .isEqualTo("Unclear, neutral risk: no word about billing or mood was recognised.");
    }

    @Test
    void the_assessment_stays_short_however_long_the_words_are() {
        var text = "not " + "x".repeat(5_000) + " duplicate";

        assertThat(SENTIMENT.read(text).assessment())
                .isEqualTo("Not a problem, low risk: the text says \"not … duplicate\".");
    }

    @Test
    void complaint_is_negative_and_praise_is_positive() {
        assertThat(SENTIMENT.read("Customer is furious").polarity()).isEqualTo(new BigDecimal("-0.60"));
        assertThat(SENTIMENT.read("Customer is not furious").polarity()).isEqualTo(new BigDecimal("0.30"));
        assertThat(SENTIMENT.read("Customer is very happy").polarity()).isEqualTo(new BigDecimal("0.75"));
        assertThat(SENTIMENT.read("").polarity()).isEqualTo(new BigDecimal("0.00"));
    }

    @Test
    void feeling_and_guessing_are_more_subjective_than_facts() {
        var fact = SENTIMENT.read("Invoice was charged twice").subjectivity();

        assertThat(SENTIMENT.read("Invoice was perhaps charged twice").subjectivity())
                .isGreaterThan(fact);
        assertThat(SENTIMENT.read("Ridiculous, invoice was charged twice").subjectivity())
                .isGreaterThan(fact);
    }

    @Test
    void saying_it_often_does_not_raise_the_risk() {
        var once = SENTIMENT.read("duplicate charge");

        assertThat(SENTIMENT.read("duplicate charge. ".repeat(500)).riskLevel()).isEqualTo(once.riskLevel());
    }

    @Test
    void invisible_characters_hide_no_word() {
        assertThat(SENTIMENT.read("fr\u200bau\u00add").reasonCode()).isEqualTo(ReasonCode.FRAUD);
        assertThat(SENTIMENT.read("\u202efraud\u0000").reasonCode()).isEqualTo(ReasonCode.FRAUD);
    }

    @Test
    void what_follows_the_bound_is_ignored_and_padding_does_not_reach_it() {
        assertThat(SENTIMENT.read("x".repeat(20_000) + " fraud").reasonCode()).isEqualTo(ReasonCode.UNCLEAR);
        assertThat(SENTIMENT.read(" \n".repeat(50_000) + "fraud").reasonCode()).isEqualTo(ReasonCode.FRAUD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "happy ruled out ",
                "not very ",
                "duplicate ",
                "'",
                "\u0301",
                "\ufdfa",
                "- ",
                "not a duplicate and "
            })
    void a_text_made_to_be_slow_is_read_at_once(String part) {
        assertTimeout(Duration.ofSeconds(2), () -> SENTIMENT.read(part.repeat(20_000)));
    }

    @Test
    void a_text_must_be_there() {
        assertThatNullPointerException().isThrownBy(() -> SENTIMENT.read(nothing()));
    }

    @Test
    void names_in_json_are_lower_snake_case() {
        var json = JsonMapper.shared().writeValueAsString(SENTIMENT.read("charged twice"));

        assertThat(json).contains("\"duplicate_charge\"", "\"elevated\"");
    }

    @SuppressWarnings("NullAway") // what a caller without null checks would pass
    private static String nothing() {
        return null;
    }
}
