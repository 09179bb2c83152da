package io.opsiq.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsiq.evaluation.Judged.Said;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GateTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final List<Judged> judged = new ArrayList<>();

    @Test
    void what_a_third_of_the_verdicts_of_others_bears_out_passes() {
        confirmed(900);
        called("ana", 500, 400);
        called("ben", 100);

        assertThat(refusals()).isEmpty();
    }

    @Test
    void one_reviewer_s_word_is_not_enough_where_others_say_little() {
        confirmed(900);
        called("ana", 500, 400, 300);
        called("ben", 100);

        assertThat(refusals()).singleElement().asString().contains("ana alone stands for 92 %");
    }

    @Test
    void what_nobody_ever_confirmed_at_that_size_is_refused() {
        confirmed(90, 80, 70);
        called("ana", 500, 400, 300);

        assertThat(refusals()).singleElement().asString().contains("Nobody ever confirmed a fact of this kind");
    }

    @Test
    void one_confirmed_fact_of_the_kind_and_size_is_enough() {
        confirmed(90, 80, 450);
        called("ana", 500, 400, 300);

        assertThat(refusals()).isEmpty();
    }

    private List<String> refusals() {
        return new Gate(judged, List.of())
                .hiding(
                        fact -> fact.has("reason=goodwill"),
                        judged.stream().filter(each -> !each.isTrue()).toList(),
                        List.of())
                .refusals();
    }

    private void confirmed(long... amounts) {
        for (long amount : amounts) {
            judge("ana", Said.TRUE, "reason=error", amount);
        }
    }

    private void called(String reviewer, long... amounts) {
        for (long amount : amounts) {
            judge(reviewer, Said.FALSE, "reason=goodwill", amount);
        }
    }

    private void judge(String reviewer, Said said, String trait, long amount) {
        String id = "CASE-" + judged.size();
        judged.add(new Judged(
                new Fact(id, id, "manual_credit", 0.8, List.of(trait, "record=refund"), amount * 10_000),
                "FB-" + judged.size(),
                reviewer,
                said,
                START.plusSeconds(judged.size())));
    }
}
