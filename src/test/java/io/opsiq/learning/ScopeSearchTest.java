package io.opsiq.learning;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsiq.evaluation.Fact;
import io.opsiq.evaluation.Judged;
import io.opsiq.evaluation.Judged.Said;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScopeSearchTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final List<Judged> judged = new ArrayList<>();
    private final List<Fact> population = new ArrayList<>();

    @Test
    void verdicts_on_one_type_do_not_hide_all_that_the_plan_has() {
        say(Said.FALSE, "", 6, "tier_mismatch", "plan=starter", "record=invoice");
        say(Said.TRUE, "", 60, "tier_mismatch", "plan=scale", "record=invoice");
        say(Said.TRUE, "", 100, "stale_price", "plan=scale", "record=invoice");
        open(30, "tier_mismatch", "plan=starter", "record=invoice");
        open(500, "stale_price", "plan=starter", "record=invoice");
        open(2_000, "stale_price", "plan=scale", "record=invoice");

        assertThat(scopes()).containsExactly(Map.of("anomaly_type", "tier_mismatch", "plan", "starter"));
    }

    @Test
    void a_comment_that_names_the_reason_decides_between_explanations() {
        twoExplanations("Adyen withholds its fee, fine.");

        assertThat(scopes()).containsExactly(Map.of("processor", "adyen"));
    }

    @Test
    void without_comments_only_what_nearly_all_explanations_say_is_believed() {
        twoExplanations("");

        assertThat(scopes()).isNotEmpty().doesNotContain(Map.of("processor", "adyen"));
    }

    @Test
    void words_that_comments_on_leaks_use_as_well_decide_nothing() {
        twoExplanations("Paid at Adyen.");
        List<Map<String, String>> before = scopes();
        say(Said.TRUE, "Paid at Adyen.", 8, "short_payment", "processor=adyen", "region=apac", "kind=other");

        assertThat(before).containsExactly(Map.of("processor", "adyen"));
        assertThat(scopes()).doesNotContain(Map.of("processor", "adyen"));
    }

    @Test
    void a_code_that_several_comments_share_speaks_for_one_cause() {
        aPilot("", "code PLT-2", "PLT-2 again", "see PLT-2");

        assertThat(scopes()).containsExactly(Map.of("anomaly_type", "unbilled_usage", "region", "emea"));
    }

    @Test
    void comments_that_share_nothing_speak_for_none() {
        aPilot("", "not billed", "was agreed", "free of charge");

        assertThat(scopes()).isEmpty();
    }

    @Test
    void a_code_that_is_heard_everywhere_speaks_for_none() {
        aPilot("leak, see PLT-2", "code PLT-2", "PLT-2 again", "see PLT-2");

        assertThat(scopes()).isEmpty();
    }

    /** Three false verdicts, too few for their scope to be believed without a word. */
    private void aPilot(String onLeaks, String... comments) {
        for (String comment : comments) {
            say(Said.FALSE, comment, 1, "unbilled_usage", "region=emea", "kind=other");
        }
        say(Said.FALSE, "", 5, "underbilling", "region=apac", "kind=other");
        say(Said.TRUE, onLeaks, 12, "unbilled_usage", "region=apac", "kind=other");
        say(Said.TRUE, onLeaks, 40, "underbilling", "region=emea", "kind=other");
        say(Said.TRUE, onLeaks, 40, "underbilling", "region=apac", "kind=other");
        open(10, "unbilled_usage", "region=emea", "kind=other");
        open(60, "unbilled_usage", "region=apac", "kind=other");
        open(200, "underbilling", "region=emea", "kind=other");
        open(300, "underbilling", "region=apac", "kind=other");
    }

    @Test
    void one_cause_in_several_types_is_one_scope() {
        say(Said.FALSE, "", 4, "stale_price", "segment=ramp");
        say(Said.FALSE, "", 3, "tier_mismatch", "segment=ramp");
        say(Said.TRUE, "", 5, "duplicate_invoice", "segment=ramp");
        Stream.of("stale_price", "tier_mismatch", "duplicate_invoice").forEach(type -> {
            say(Said.TRUE, "", 40, type, "segment=smb");
            open(20, type, "segment=ramp");
            open(200, type, "segment=smb");
        });

        assertThat(scopes()).containsExactly(Map.of("anomaly_type", "stale_price or tier_mismatch", "segment", "ramp"));
        assertThat(Scope.of(scopes().getFirst()))
                .accepts(fact("tier_mismatch", "segment=ramp"), fact("stale_price", "segment=ramp"))
                .rejects(fact("duplicate_invoice", "segment=ramp"), fact("stale_price", "segment=smb"));
    }

    @Test
    void a_single_verdict_on_a_further_type_does_not_make_it_part_of_the_scope() {
        say(Said.FALSE, "", 4, "stale_price", "segment=ramp");
        say(Said.FALSE, "", 1, "tier_mismatch", "segment=ramp");
        say(Said.TRUE, "", 5, "duplicate_invoice", "segment=ramp");
        Stream.of("stale_price", "tier_mismatch", "duplicate_invoice").forEach(type -> {
            say(Said.TRUE, "", 40, type, "segment=smb");
            open(20, type, "segment=ramp");
        });

        assertThat(scopes()).containsExactly(Map.of("anomaly_type", "stale_price", "segment", "ramp"));
    }

    @Test
    void what_was_seen_in_two_types_is_not_believed_of_the_others() {
        Stream.of("duplicate_refund", "refund_exceeds_payment")
                .forEach(type -> say(Said.FALSE, "", 3, type, "reason=outage"));
        aroundTheOutage();

        assertThat(scopes())
                .containsExactly(
                        Map.of("anomaly_type", "duplicate_refund or refund_exceeds_payment", "reason", "outage"));
    }

    @Test
    void types_of_which_nobody_confirmed_any_are_not_hidden_whole() {
        Stream.of("duplicate_refund", "refund_exceeds_payment").forEach(type -> {
            say(Said.FALSE, "", 3, type, "reason=outage");
            open(8, type, "reason=outage");
            open(8, type, "reason=customer_request");
        });
        say(Said.TRUE, "", 60, "orphan_refund", "reason=customer_request");
        open(200, "orphan_refund", "reason=customer_request");

        assertThat(scopes())
                .singleElement()
                .satisfies(scope -> assertThat(scope).containsEntry("reason", "outage"));
    }

    @Test
    void what_was_seen_in_many_types_is_believed_of_all() {
        Stream.of("duplicate_refund", "refund_exceeds_payment", "orphan_refund", "split_credit")
                .forEach(type -> say(Said.FALSE, "", 2, type, "reason=outage"));
        aroundTheOutage();

        assertThat(scopes()).containsExactly(Map.of("reason", "outage"));
    }

    private void aroundTheOutage() {
        Stream.of("duplicate_refund", "refund_exceeds_payment", "orphan_refund", "split_credit", "manual_credit")
                .forEach(type -> {
                    say(Said.TRUE, "", 20, type, "reason=customer_request");
                    open(8, type, "reason=outage");
                    open(200, type, "reason=customer_request");
                });
    }

    @Test
    void where_all_of_a_type_is_false_a_scope_inside_it_is_found_that_says_where() {
        say(Said.FALSE, "", 8, "duplicate_payment", "processor=stripe", "region=emea");
        say(Said.TRUE, "", 60, "short_payment", "processor=stripe", "region=emea");
        open(10, "duplicate_payment", "processor=stripe", "region=emea");
        open(10, "duplicate_payment", "processor=adyen", "region=apac");

        assertThat(scopes())
                .singleElement()
                .satisfies(scope -> assertThat(scope)
                        .containsEntry("anomaly_type", "duplicate_payment")
                        .hasSizeGreaterThan(1))
                .satisfies(scope -> assertThat(Scope.of(scope))
                        .rejects(fact("duplicate_payment", "processor=adyen", "region=apac")));
    }

    /** Four false verdicts that have both the processor and the region in common, and open facts that have but one of them. */
    private void twoExplanations(String comment) {
        say(Said.FALSE, comment, 4, "short_payment", "processor=adyen", "region=emea", "kind=other");
        say(Said.TRUE, "Yes.", 60, "short_payment", "processor=stripe", "region=apac", "kind=other");
        open(40, "short_payment", "processor=adyen", "region=apac", "kind=other");
        open(40, "short_payment", "processor=stripe", "region=emea", "kind=other");
        open(1_500, "short_payment", "processor=stripe", "region=apac", "kind=other");
    }

    private List<Map<String, String>> scopes() {
        return new ScopeSearch(judged, population)
                .find().stream()
                        .<Map<String, String>>map(found -> found.scope().conditions())
                        .toList();
    }

    @Test
    void what_nearly_all_of_a_type_have_explains_nothing() {
        say(Said.FALSE, "", 5, "orphan_refund", "status=active", "processor=bacs");
        say(Said.FALSE, "", 5, "missing_invoice", "status=active", "month=2025-03");
        say(Said.TRUE, "", 40, "stale_price", "status=active");
        open(40, "orphan_refund", "status=active", "processor=bacs");
        open(60, "orphan_refund", "status=active", "processor=sepa");
        open(40, "missing_invoice", "status=active", "month=2025-03");
        open(60, "missing_invoice", "status=active", "month=2025-04");
        open(300, "stale_price", "status=active");

        assertThat(scopes()).containsExactlyInAnyOrder(Map.of("processor", "bacs"), Map.of("month", "2025-03"));
    }

    @Test
    void a_type_of_which_most_are_false_anyway_does_not_join_others_in_a_scope() {
        say(Said.FALSE, "", 6, "underbilling", "segment=ramp");
        say(Said.TRUE, "", 20, "underbilling", "segment=smb");
        say(Said.FALSE, "", 2, "short_payment", "segment=ramp", "processor=bacs");
        say(Said.FALSE, "", 12, "short_payment", "segment=smb", "processor=bacs");
        say(Said.TRUE, "", 3, "short_payment", "segment=smb", "processor=sepa");
        say(Said.TRUE, "", 3, "stale_price", "segment=ramp");
        say(Said.TRUE, "", 30, "stale_price", "segment=smb");
        open(50, "underbilling", "segment=ramp");
        open(50, "short_payment", "segment=ramp", "processor=sepa");
        open(400, "stale_price", "segment=smb");

        assertThat(scopes()).contains(Map.of("anomaly_type", "underbilling", "segment", "ramp"));
    }

    private void say(Said said, String comment, int times, String type, String... traits) {
        IntStream.range(0, times)
                .forEach(i -> judged.add(new Judged(
                        fact(type, traits), "FB-%05d".formatted(judged.size()), "local", said, comment, START)));
    }

    private void open(int times, String type, String... traits) {
        IntStream.range(0, times).forEach(i -> population.add(fact(type, traits)));
    }

    private static Fact fact(String type, String... traits) {
        return new Fact(type, type, type, 0.85, Stream.of(traits).sorted().toList(), 1_000_000);
    }
}
