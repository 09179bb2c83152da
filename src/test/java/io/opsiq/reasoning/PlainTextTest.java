package io.opsiq.reasoning;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert()</script>",
                "< img src=x>",
                "see </b>",
                "&#60;script>",
                "&lt;b",
                "![chart](x)",
                "[here](x)",
                "https://evil.example/x",
                "HTTP : //x",
                "javascript:alert()",
                "go to evil.example now",
                "www.evil",
                "//evil",
                "mail me@evil"
            })
    void markup_and_addresses_are_found(String text) {
        assertThat(PlainText.flawIn(PlainText.prose(text))).as(text).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Lost: USD 1,050.00. Review it.", "5 < 6, e.g. refunds; 3 > 2", "R&D and a/b, case [one]"})
    void plain_sentences_are_plain(String text) {
        assertThat(PlainText.flawIn(PlainText.prose(text))).as(text).isEmpty();
    }

    @Test
    void invisible_characters_and_emphasis_fall_away() {
        assertThat(PlainText.prose("# Title\n**bold**\u200b \u202eback\u202c\u0007 \uff15 \ufeff`code`\udb40\udc41"))
                .isEqualTo("Title\nbold back 5 code");
    }

    @Test
    void a_line_is_cut_between_characters() {
        assertThat(PlainText.line("ab\n\ud83d\ude00\ud83d\ude00\ud83d\ude00", 6))
                .isEqualTo("ab \ud83d\ude00\u2026");
        assertThat(PlainText.line("abcd\ud83d\ude00\ud83d\ude00", 6)).isEqualTo("abcd\u2026");
    }

    @Property
    void any_text_becomes_clean_and_stays_so(@ForAll String text) {
        String clean = PlainText.clean(text);

        assertThat(clean).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Cs}&&[^\\n]]");
        assertThat(PlainText.line(text, 20).length()).isLessThanOrEqualTo(20);
    }
}
