package io.opsiq.sentiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void hyphens_and_underscores_join_words_and_spaced_dashes_part_clauses() {
        assertThat(split("double-billed billing_error")).isEqualTo("double billed billing error");
        assertThat(split("not fraud - overcharged")).isEqualTo("not fraud / overcharged");
        assertThat(split("no fraud – overcharged")).isEqualTo("no fraud / overcharged");
    }

    @Test
    void punctuation_parts_clauses_but_not_numbers() {
        assertThat(split("paid 1,250.00, then: (twice)!")).isEqualTo("paid 1,250.00 / then / twice /");
    }

    @Test
    void apostrophes_belong_to_their_word_and_quotes_do_not() {
        assertThat(split("isn’t a 'duplicate'")).isEqualTo("isn't a duplicate");
    }

    @Test
    void nothing_visible_is_no_word() {
        assertThat(Words.of("\u200b \u0007 \ud800 ...")).isEmpty();
    }

    private static String split(String text) {
        return Words.of(text).stream()
                .map(token -> token.isBreak() ? "/" : token.shown())
                .collect(Collectors.joining(" "));
    }
}
