package io.opsiq.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsiq.evaluation.Judged.Said;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where findings were called false. */
class FalseAlarmsTest {

    private final List<Judged> judged = new ArrayList<>();

    @Test
    void the_trait_that_the_false_ones_share_comes_before_its_type() {
        judge(Said.FALSE, 6, "duplicate_refund", "reason=goodwill", "region=emea");
        judge(Said.TRUE, 6, "duplicate_refund", "reason=outage", "region=emea");

        List<FalseAlarms> found = FalseAlarms.of(judged);

        assertThat(found)
                .extracting(FalseAlarms::scope)
                .containsExactly(
                        Map.of("anomaly_type", "duplicate_refund", "reason", "goodwill"),
                        Map.of("anomaly_type", "duplicate_refund"));
        assertThat(found.getFirst().share()).isEqualTo(Interval.of(6, 6));
        assertThat(found.getLast().share()).isEqualTo(Interval.of(6, 12));
    }

    @Test
    void what_is_not_worth_acting_on_counts_and_fewer_than_three_are_left_out() {
        judge(Said.NOT_WORTH, 3, "manual_credit");
        judge(Said.FALSE, 2, "orphan_refund");
        judge(Said.TRUE, 9, "underbilling");

        assertThat(FalseAlarms.of(judged)).singleElement().satisfies(each -> {
            assertThat(each.scope()).isEqualTo(Map.of("anomaly_type", "manual_credit"));
            assertThat(each.falseAlarms()).isEqualTo(3);
        });
    }

    @Test
    void nothing_judged_is_nothing_said() {
        assertThat(FalseAlarms.of(List.of())).isEmpty();
    }

    private void judge(Said said, int times, String type, String... traits) {
        for (int i = 0; i < times; i++) {
            String id = "FB-" + judged.size();
            judged.add(
                    new Judged(new Fact(id, "", type, 0.8, List.of(traits), 10_000), id, "ana", said, Instant.EPOCH));
        }
    }
}
