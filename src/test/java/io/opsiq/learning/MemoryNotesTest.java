package io.opsiq.learning;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsiq.learning.Lessons.Verdicts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryNotesTest {

    @Test
    void types_that_lost_as_much_are_one_sentence_and_others_have_their_own() {
        Lessons lessons = Lessons.of(Map.of(
                "duplicate_refund", new Verdicts(0, 0, 1),
                "stale_price", new Verdicts(0, 2, 0),
                "underbilling", new Verdicts(0, 0, 2)));

        assertThat(MemoryValues.notes(lessons, List.of(), 0))
                .containsExactly(
                        "Cases of duplicate_refund, stale_price are shown with 0.15 less confidence and 15 % less estimated impact"
                                + " from the next run on.",
                        "Cases of underbilling are shown with 0.3 less confidence and 30 % less estimated impact from the next"
                                + " run on.");
    }

    @Test
    void without_verdicts_there_is_nothing_to_tell() {
        assertThat(MemoryValues.notes(Lessons.of(Map.of()), List.of(), 0))
                .containsExactly("Nothing was learned yet. Verdicts on cases teach.");
    }
}
