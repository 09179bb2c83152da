package io.opsiq.sentiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SentimentProperties {
    private static final Sentiment SENTIMENT = new Sentiment();
    private static final Pattern QUOTE = Pattern.compile("\"([^\"]*)\"");

    @Property
    void any_text_reads_within_bounds(@ForAll String text) {
        assertInBounds(SENTIMENT.read(text));
    }

    @Property
    void any_sentence_of_billing_words_reads_within_bounds(@ForAll("sentences") String text) {
        assertInBounds(SENTIMENT.read(text));
    }

    @Property
    void any_case_reads_within_bounds(@ForAll List<String> texts) {
        var overall = SENTIMENT.overall(texts);

        assertThat(overall.overallPolarity()).isBetween(new BigDecimal("-1"), BigDecimal.ONE);
        assertThat(overall.textsRead()).isBetween(0, texts.size());
    }

    @Property
    void reading_again_gives_the_same(@ForAll("sentences") String text) {
        assertThat(new Sentiment().read(text)).isEqualTo(SENTIMENT.read(text));
    }

    @Property
    void letter_case_changes_nothing(@ForAll("sentences") String sentence, @ForAll String any) {
        var text = sentence + " " + any;

        assertThat(SENTIMENT.read(text.toUpperCase(Locale.ROOT))).isEqualTo(SENTIMENT.read(text));
        assertThat(SENTIMENT.read(text.toLowerCase(Locale.ROOT))).isEqualTo(SENTIMENT.read(text));
    }

    @Property
    void more_whitespace_changes_nothing(
            @ForAll("sentences") String text, @ForAll("blanks") String blanks, @ForAll("blanks") String around) {
        var spaced = around + text.replace(" ", blanks) + around;

        assertThat(SENTIMENT.read(spaced)).isEqualTo(SENTIMENT.read(text));
    }

    @Property
    void what_is_quoted_are_words_of_the_text_in_their_order(@ForAll("sentences") String text) {
        var quotes = QUOTE.matcher(SENTIMENT.read(text).assessment());
        while (quotes.find()) {
            var words = quotes.group(1).replaceAll("[ …]+", ".*");
            assertThat(text).matches(Pattern.compile(".*" + words + ".*", Pattern.DOTALL));
        }
    }

    @Property
    void denying_a_duplicate_is_never_a_duplicate(@ForAll("denials") String denial, @ForAll("gaps") String gap) {
        var reading = SENTIMENT.read("This " + denial + " " + gap + "duplicate.");

        assertThat(reading.reasonCode()).isEqualTo(ReasonCode.NOT_A_PROBLEM);
        assertThat(reading.riskLevel()).isEqualTo(RiskLevel.LOW);
    }

    private static void assertInBounds(Reading reading) {
        assertThat(reading.polarity()).isBetween(new BigDecimal("-1"), BigDecimal.ONE);
        assertThat(reading.polarity().scale()).isEqualTo(2);
        assertThat(reading.subjectivity()).isBetween(BigDecimal.ZERO, BigDecimal.ONE);
        assertThat(reading.subjectivity().scale()).isEqualTo(2);
        assertThat(reading.assessment()).hasSizeBetween(1, 400).endsWith(".");
    }

    @Provide
    Arbitrary<String> sentences() {
        var parts = Arbitraries.of(
                "duplicate",
                "charged twice",
                "fraud",
                "overcharged",
                "without",
                "approval",
                "not",
                "never",
                "no",
                "isn't",
                "authorised",
                "unauthorised",
                "very",
                "repeatedly",
                "possibly",
                "but",
                "and",
                "ruled out",
                "a",
                "the",
                "customer",
                "happy",
                "furious",
                "goodwill",
                "lawyer",
                "cancelled",
                "invoice no",
                "12.50",
                "contract",
                "test account",
                "false positive",
                "outage",
                ",",
                ".",
                "-",
                "?",
                "neither",
                "nor",
                "refunded");
        return parts.list().ofMaxSize(25).map(words -> String.join(" ", words));
    }

    @Provide
    Arbitrary<String> blanks() {
        return Arbitraries.of(' ', '\t', '\n', '\r', '\u00a0', '\u2003', '\u3000')
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(all -> String.join("", all.stream().map(String::valueOf).toList()));
    }

    @Provide
    Arbitrary<String> denials() {
        return Arbitraries.of(
                "is not", "isn't", "isnt", "was never", "is no", "wasn’t", "is no longer", "cannot be", "IS NOT");
    }

    @Provide
    Arbitrary<String> gaps() {
        return Arbitraries.of("", "a ", "any ", "a real ", "what we think is a ", "at all a ");
    }
}
