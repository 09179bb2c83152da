package io.opsiq.sentiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LexiconTest {

    @Test
    void the_longest_phrase_wins() {
        var lexicon = LexiconFile.parse(yaml("no, no longer").getBytes(StandardCharsets.UTF_8));

        assertThat(lexicon.longestAt(Words.of("no longer so"), 0))
                .isEqualTo(new Lexicon.Match(new Entry.Denial(true), 2));
        assertThat(lexicon.longestAt(Words.of("longer so"), 0)).isNull();
    }

    @Test
    void a_phrase_listed_twice_is_refused_by_name() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LexiconFile.parse(yaml("refund~, refunded").getBytes(StandardCharsets.UTF_8)))
                .withMessageContaining("\"refunded\" twice");
    }

    @Test
    void marked_words_stand_for_their_regular_forms() {
        assertThat(forms("charge~")).containsExactly("charge", "charges", "charged", "charging");
        assertThat(forms("cancel~"))
                .containsExactly("cancel", "cancels", "canceled", "canceling", "cancelled", "cancelling");
        assertThat(forms("apply~")).containsExactly("apply", "applies", "applied", "applying");
        assertThat(forms("underpay~")).containsExactly("underpay", "underpays", "underpayed", "underpaying");
        assertThat(forms("recognise~")).contains("recognised", "recognized", "recognizing");
        assertThat(forms("double bill~")).contains("double billed");
    }

    private static List<String> forms(String phrase) {
        return Inflection.of(phrase).stream()
                .map(words -> String.join(" ", words))
                .toList();
    }

    private static String yaml(String verbs) {
        return """
                terms: []
                denials: {verbs: [%s], nouns: [], dismissals: []}
                stresses: []
                clauses: {turns: [], links: [], fillers: [], idioms: []}
                """.formatted(verbs);
    }
}
