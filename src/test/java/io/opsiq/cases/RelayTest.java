package io.opsiq.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RelayTest {

    @Test
    void every_item_arrives_once_and_in_order_on_one_other_thread() {
        List<Integer> arrived = new ArrayList<>();
        Set<Thread> threads = ConcurrentHashMap.newKeySet();

        try (Relay<Integer> relay = new Relay<>(item -> {
            arrived.add(item);
            threads.add(Thread.currentThread());
        })) {
            IntStream.range(0, 2_345).forEach(relay::accept);
            relay.complete();
        }

        assertThat(arrived)
                .containsExactlyElementsOf(IntStream.range(0, 2_345).boxed().toList());
        assertThat(threads).hasSize(1).doesNotContain(Thread.currentThread());
    }

    @Test
    void what_the_consumer_throws_reaches_the_one_who_hands_over() {
        try (Relay<Integer> relay = new Relay<>(item -> {
            throw new IllegalArgumentException("item " + item);
        })) {
            relay.accept(7);

            assertThatThrownBy(relay::complete)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("item 7");
        }
    }

    @Test
    void nothing_is_at_work_any_more_when_it_is_closed_before_its_end() {
        List<Integer> arrived = new ArrayList<>();

        try (Relay<Integer> relay = new Relay<>(arrived::add)) {
            IntStream.range(0, 1_250).forEach(relay::accept);
        }

        assertThat(arrived).hasSize(1_000);
    }
}
