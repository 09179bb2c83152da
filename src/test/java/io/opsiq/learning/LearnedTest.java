package io.opsiq.learning;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsiq.evaluation.Fact;
import io.opsiq.evaluation.Judged;
import io.opsiq.evaluation.Judged.Said;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LearnedTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void a_scope_in_which_all_is_false_is_found_and_its_neighbours_are_not() {
        Learned learned = Learned.of(judged(60), facts(300).subList(60, 300));

        assertThat(learned.scopes())
                .extracting(found -> found.scope().conditions())
                .containsExactly(new java.util.TreeMap<>(java.util.Map.of("reason", "goodwill", "region", "emea")));
    }

    @Test
    void a_fact_in_the_scope_is_improbable_and_another_is_probable() {
        Learned learned = Learned.of(judged(60), facts(300).subList(60, 300));

        assertThat(learned.probability(fact("X", "emea", "goodwill", 100))).isLessThan(0.1);
        assertThat(learned.probability(fact("X", "emea", "outage", 100))).isGreaterThan(0.9);
        assertThat(learned.probability(fact("X", "apac", "goodwill", 100))).isGreaterThan(0.9);
    }

    @Test
    void the_order_of_the_verdicts_does_not_matter() {
        List<Judged> shuffled = new ArrayList<>(judged(60));
        Collections.shuffle(shuffled, new Random(1));
        List<Fact> others = facts(300).subList(60, 300);

        assertThat(others.stream().map(Learned.of(shuffled, others)::probability))
                .containsExactlyElementsOf(others.stream()
                        .map(Learned.of(judged(60), others)::probability)
                        .toList());
    }

    @Test
    void fewer_than_twenty_verdicts_leave_the_prior() {
        assertThat(Learned.of(judged(19), List.of()).speaks()).isFalse();
        assertThat(Learned.of(judged(20), List.of()).speaks()).isTrue();
    }

    @Test
    void false_verdicts_without_anything_in_common_explain_nothing() {
        Random random = new Random(7);
        List<Judged> scattered = facts(200).stream()
                .map(fact -> judged(fact, random.nextDouble() < 0.15 ? Said.FALSE : Said.TRUE))
                .toList();

        assertThat(Learned.of(scattered, List.of()).scopes()).isEmpty();
    }

    @Test
    void ten_thousand_verdicts_still_find_the_scope() {
        List<Fact> many = facts(10_000);
        List<Judged> judged = many.stream().map(LearnedTest::judged).toList();

        assertThat(Learned.of(judged, List.of()).probability(fact("X", "emea", "goodwill", 100)))
                .isLessThan(0.1);
    }

    @Test
    void large_refunds_that_somebody_calls_false_are_refused_as_seeded_leaks_show() {
        List<Fact> facts = facts(300);
        List<Judged> hostile = facts.subList(0, 80).stream()
                .map(fact -> judged(fact, fact.money() >= 5_000_000 ? Said.FALSE : Said.TRUE))
                .toList();
        Learned learned = Learned.of(hostile, facts.subList(80, 300));

        List<Decisions.Decision> decisions =
                new Decisions(Policy.STANDARD, hostile, facts.subList(80, 300), money(facts)).on(learned.scopes(), 0);

        assertThat(decisions)
                .isNotEmpty()
                .allSatisfy(decision -> assertThat(decision).isInstanceOf(Decisions.Decision.Refused.class));
    }

    @Test
    void a_change_hides_a_tenth_of_the_open_money_at_most_and_no_large_case() {
        List<Fact> about = IntStream.rangeClosed(1, 100)
                .mapToObj(i -> fact("C" + i, "emea", "goodwill", i))
                .toList();
        long open = 10 * money(about) / 5;

        Policy.Room room = Policy.STANDARD.room(about, Long.MAX_VALUE, open, 0);

        assertThat(room.money()).isLessThanOrEqualTo(open / 10);
        assertThat(room.isAll()).isFalse();
        assertThat(about.stream().filter(new Rule(Scope.of(java.util.Map.of("region", "emea")), room.upTo())))
                .hasSize(room.hides())
                .allSatisfy(fact -> assertThat(fact.money()).isLessThanOrEqualTo(open / 100));
        assertThat(Policy.STANDARD
                        .room(about, Long.MAX_VALUE, open, 4 * open / 10)
                        .hides())
                .isZero();
    }

    private static long money(List<Fact> facts) {
        return facts.stream().mapToLong(Fact::money).sum();
    }

    private static List<Judged> judged(int count) {
        return facts(300).subList(0, count).stream().map(LearnedTest::judged).toList();
    }

    private static Judged judged(Fact fact) {
        return judged(fact, fact.has("region=emea") && fact.has("reason=goodwill") ? Said.FALSE : Said.TRUE);
    }

    private static Judged judged(Fact fact, Said said) {
        return new Judged(fact, "FB-" + fact.caseId(), "local", said, START);
    }

    private static List<Fact> facts(int count) {
        Random random = new Random(42);
        return IntStream.range(0, count)
                .mapToObj(i -> fact(
                        "CASE-%05d".formatted(i),
                        List.of("emea", "apac", "na").get(random.nextInt(3)),
                        List.of("goodwill", "outage", "error").get(random.nextInt(3)),
                        Math.exp(3 + 2 * random.nextGaussian())))
                .toList();
    }

    private static Fact fact(String id, String region, String reason, double amount) {
        return new Fact(
                id,
                id,
                "duplicate_refund",
                0.85,
                Stream.of("record=refund", "region=" + region, "reason=" + reason)
                        .sorted()
                        .toList(),
                Math.round(amount * 10_000));
    }
}
