package io.opsiq.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PagerTest {

    @Test
    void a_page_beyond_the_last_is_the_last() {
        Pager last = Pager.of(99, 120);

        assertThat(last.page()).isEqualTo(3);
        assertThat(last.from()).isEqualTo(101);
        assertThat(last.to()).isEqualTo(120);
    }

    @Test
    void nothing_is_one_page_without_rows() {
        assertThat(Pager.of(1, 0))
                .extracting(Pager::pages, Pager::from, Pager::to)
                .containsExactly(1L, 0L, 0L);
    }

    @Test
    void the_first_the_last_and_those_beside_are_offered_and_gaps_are_known() {
        Pager middle = Pager.of(10, 1_000);

        assertThat(middle.near()).containsExactly(1L, 8L, 9L, 10L, 11L, 12L, 20L);
        assertThat(middle.near().stream().filter(middle::isGapBefore)).containsExactly(8L, 20L);
    }

    @Test
    void an_address_that_asks_for_no_page_gets_the_first() {
        assertThat(Choice.page("7")).isEqualTo(7);
        assertThat(Choice.page("-1")).isEqualTo(Choice.page("x")).isEqualTo(1);
        assertThat(Choice.of(Map.of("page", "3")).page()).isEqualTo(3);
    }
}
