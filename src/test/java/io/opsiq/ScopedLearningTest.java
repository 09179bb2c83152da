package io.opsiq;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsiq.cases.Case;
import io.opsiq.cases.CaseQuery;
import io.opsiq.cases.CaseStatus;
import io.opsiq.investigation.LimitPreview;
import io.opsiq.investigation.RunRequest;
import io.opsiq.investigation.RunResult;
import io.opsiq.learning.ChangeOutcome;
import io.opsiq.learning.FeedbackGiven;
import io.opsiq.learning.FeedbackOutcome;
import io.opsiq.learning.Proposal;
import io.opsiq.learning.RefundBooks;
import io.opsiq.learning.RefundBooks.Refund;
import io.opsiq.learning.Version;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reviewers who answer fifty cases a round, in the order shown: where they see no leaks, and what becomes of it. */
class ScopedLearningTest {

    private static final Map<String, String> GOODWILL_IN_EMEA = Map.of("reason", "goodwill", "region", "emea");
    private static final int ANSWERS = 50;

    @TempDir
    Path folder;

    private final MovedClock clock = new MovedClock();
    private RefundBooks books = new RefundBooks(300, 10);
    private OpsIQ opsiq;
    private RunRequest served;

    @BeforeEach
    void begin() throws IOException {
        opsiq = new OpsIQ(folder.resolve("state"), clock, Settings.ofEnvironment());
        serve(books);
    }

    private void serve(RefundBooks other) throws IOException {
        books = other;
        Path data = folder.resolve("books");
        books.write(data);
        served = RunRequest.of(data, null, null);
        run();
    }

    @Test
    void a_scope_that_only_the_reviewer_knows_is_found_hidden_and_nothing_else_is() {
        assertThat(open()).hasSize(300);

        answer(ScopedLearningTest::truly);
        RunResult second = run();

        assertThat(proposal().status()).isEqualTo(Proposal.Status.APPLIED);
        assertThat(proposal().waitsFor()).isNull();
        assertThat(proposal().proposedBy()).isEqualTo("rules");
        assertThat(proposal().feedbackIds()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(suppressed())
                .isNotEmpty()
                .allSatisfy(each -> assertThat(refund(each).isGoodwillInEmea()).isTrue())
                .allSatisfy(each -> assertThat(each.statusReason()).contains("reason is goodwill"));
        assertThat(Objects.requireNonNull(proposal().replay()).lost())
                .isEqualTo(suppressed().size());
        assertThat(second.summary().caseCount()).isEqualTo(300 - suppressed().size());
        assertThat(opsiq.cases().list(CaseQuery.all()).cases())
                .extracting(Case::caseId)
                .doesNotContainAnyElementsOf(ids(suppressed()));
        assertThat(open()).noneMatch(each -> refund(each).isGoodwillInEmea());
    }

    @Test
    void a_reviewer_s_four_rounds_leave_nearly_only_leaks_and_hide_none() {
        for (int round = 0; round < 4; round++) {
            answer(ScopedLearningTest::truly);
            run();
        }

        List<Case> left = open();
        long leaks =
                left.stream().filter(each -> !refund(each).isGoodwillInEmea()).count();
        assertThat(leaks).isGreaterThanOrEqualTo(Math.round(0.95 * left.size())).isPositive();
        assertThat(suppressed())
                .allSatisfy(each -> assertThat(refund(each).isGoodwillInEmea()).isTrue());
        assertThat(judgedTrue() + leaks).isEqualTo(books.leaks());
    }

    @Test
    void one_in_twenty_hidden_cases_is_listed_for_review_and_only_there() {
        answer(ScopedLearningTest::truly);
        run();

        List<Case> audits = opsiq.cases().list(CaseQuery.audits()).cases();

        assertThat(audits).hasSize((int) Math.ceil(suppressed().size() / 20.0));
        assertThat(ids(suppressed())).containsAll(ids(audits));
        assertThat(ids(opsiq.cases().list(CaseQuery.all()).cases())).doesNotContainAnyElementsOf(ids(audits));
    }

    @Test
    void approving_a_hidden_fact_lifts_the_rule_at_once() {
        answer(ScopedLearningTest::truly);
        run();
        Case hidden = suppressed().getFirst();
        List<String> others = ids(suppressed().subList(1, suppressed().size()));

        give(hidden, "approve", "ana");

        assertThat(suppressed()).isEmpty();
        assertThat(ids(open())).containsAll(others);
        assertThat(opsiq.cases().find(hidden.caseId()).orElseThrow().status()).isEqualTo(CaseStatus.APPROVED);
        assertThat(proposal().status()).isEqualTo(Proposal.Status.LIFTED);
        assertThat(rule().value()).isEqualTo("off");
        assertThat(rule().reason()).contains("A person approved a fact in its scope.");
        run();
        assertThat(rulesInForce()).allSatisfy(each -> assertThat(each.scope()).isNotEqualTo(GOODWILL_IN_EMEA));
        assertThat(opsiq.cases().find(hidden.caseId()).orElseThrow().status()).isEqualTo(CaseStatus.APPROVED);
    }

    @Test
    void what_was_undone_is_shown_again_stays_so_and_can_be_had_back() {
        answer(ScopedLearningTest::truly);
        run();
        List<String> hidden = ids(suppressed());

        assertThat(opsiq.memory().undo(rule().memoryId(), "ben")).isInstanceOf(ChangeOutcome.Done.class);

        assertThat(suppressed()).isEmpty();
        assertThat(ids(open())).containsAll(hidden);
        assertThat(proposal().status()).isEqualTo(Proposal.Status.UNDONE);
        run();
        assertThat(suppressed()).isEmpty();

        assertThat(opsiq.memory().undo(rule().memoryId(), "ben")).isInstanceOf(ChangeOutcome.Done.class);

        assertThat(ids(suppressed())).containsExactlyInAnyOrderElementsOf(hidden);
    }

    @Test
    void only_the_last_change_of_a_value_can_be_undone() {
        answer(ScopedLearningTest::truly);
        run();
        String first = rule().memoryId();
        opsiq.memory().undo(first, "ben");

        assertThat(opsiq.memory().undo(first, "ben"))
                .isInstanceOfSatisfying(
                        ChangeOutcome.NotNow.class,
                        refusal -> assertThat(refusal.message()).contains("changed again since"));
        assertThat(opsiq.memory().undo("MEM-999999", "ben")).isInstanceOf(ChangeOutcome.Unknown.class);
        assertThat(opsiq.memory().undo("nonsense", "ben")).isInstanceOf(ChangeOutcome.Unknown.class);
    }

    @Test
    void a_rule_says_when_it_ends_and_has_to_be_earned_again_then() {
        answer(ScopedLearningTest::truly);
        run();
        assertThat(rule().expiresAt()).isEqualTo(clock.instant().plus(Duration.ofDays(180)));
        String first = rule().memoryId();

        clock.pass(Duration.ofDays(181));
        run();

        assertThat(opsiq.memory().history(1000))
                .anySatisfy(each -> assertThat(each.reason()).isEqualTo("It has expired."));
        assertThat(rule().memoryId()).isNotEqualTo(first);
    }

    @Test
    void of_two_reviewers_one_alone_does_not_hide_anything() {
        answer((refund, index) -> truly(refund, index), index -> index < 45 ? "ana" : "ben");
        run();

        assertThat(suppressed()).isEmpty();
        assertThat(proposal().status()).isEqualTo(Proposal.Status.REFUSED);
        assertThat(proposal().reason()).contains("ana alone stands for").contains("another reviewer has to agree");
    }

    @Test
    void a_reviewer_who_calls_every_large_refund_false_is_stopped_and_told_why() {
        Answer hostile = (refund, index) -> refund.amount() >= 100 ? "false_positive" : "approve";
        for (int round = 0; round < 3; round++) {
            answer(hostile);
            run();
        }

        assertThat(suppressed()).isEmpty();
        assertThat(opsiq.memory().proposals())
                .filteredOn(each -> each.status() == Proposal.Status.REFUSED)
                .isNotEmpty()
                .anySatisfy(each -> assertThat(each.reason()).contains("seeded leaks"));
    }

    @Test
    void more_than_a_tenth_of_the_open_money_waits_for_a_person() throws IOException {
        serve(new RefundBooks(300, 4));
        answer(ScopedLearningTest::truly);
        run();
        int byItself = suppressed().size();
        BigDecimal all = open().stream().map(Case::grossImpact).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal hidden = suppressed().stream().map(Case::grossImpact).reduce(BigDecimal.ZERO, BigDecimal::add);

        assertThat(proposal().status()).isEqualTo(Proposal.Status.WAITING);
        assertThat(proposal().waitsFor()).startsWith("a person, for ").contains("more money than a change may hide");
        assertThat(hidden.movePointRight(1)).isLessThanOrEqualTo(all.add(hidden).add(approvedMoney()));
        assertThat(open()).anyMatch(each -> refund(each).isGoodwillInEmea());

        assertThat(opsiq.memory().accept(proposal().proposalId(), "ben")).isInstanceOf(ChangeOutcome.Done.class);

        assertThat(suppressed()).hasSizeGreaterThan(byItself);
        assertThat(open()).noneMatch(each -> refund(each).isGoodwillInEmea());
        assertThat(rule().author()).isEqualTo("ben");
        assertThat(opsiq.memory().accept(proposal().proposalId(), "ben")).isInstanceOf(ChangeOutcome.NotNow.class);
    }

    @Test
    void a_person_s_rule_ends_when_a_fact_in_its_scope_is_approved_since() throws IOException {
        serve(new RefundBooks(300, 4));
        answer(ScopedLearningTest::truly);
        run();
        opsiq.memory().accept(proposal().proposalId(), "ben");
        run();
        assertThat(suppressed()).isNotEmpty();

        give(opsiq.cases().list(CaseQuery.audits()).cases().getFirst(), "approve", "ana");

        assertThat(suppressed()).isEmpty();
        assertThat(rule().value()).isEqualTo("off");
        assertThat(rule().reason()).contains("since it was made");
        run();
        assertThat(suppressed()).isEmpty();
    }

    @Test
    void what_a_person_declines_does_not_come_back() throws IOException {
        serve(new RefundBooks(300, 4));
        answer(ScopedLearningTest::truly);
        run();

        assertThat(opsiq.memory().decline(proposal().proposalId(), "ben")).isInstanceOf(ChangeOutcome.Done.class);
        run();

        assertThat(proposal().status()).isEqualTo(Proposal.Status.DECLINED);
        assertThat(suppressed()).isEmpty();
        assertThat(opsiq.memory().decline(proposal().proposalId(), "ben")).isInstanceOf(ChangeOutcome.NotNow.class);
    }

    @Test
    void a_proposal_keeps_its_id_and_its_beginning_over_runs() {
        answer(ScopedLearningTest::truly);
        run();
        Proposal before = proposal();
        clock.pass(Duration.ofDays(1));
        answer(ScopedLearningTest::truly);
        run();

        assertThat(proposal().proposalId()).isEqualTo(before.proposalId());
        assertThat(proposal().createdAt()).isEqualTo(before.createdAt());
        assertThat(opsiq.memory().proposals()).extracting(Proposal::proposalId).doesNotHaveDuplicates();
    }

    @Test
    void accepted_facts_teach_nothing_and_come_back_after_their_time() {
        answer((refund, index) -> refund.isGoodwillInEmea() ? "accepted" : "approve");
        List<String> accepted = ids(cases(CaseStatus.ACCEPTED));
        run();

        assertThat(accepted).hasSizeGreaterThanOrEqualTo(3);
        assertThat(suppressed()).isEmpty();
        assertThat(opsiq.memory().proposals()).isEmpty();
        assertThat(ids(cases(CaseStatus.ACCEPTED))).containsExactlyInAnyOrderElementsOf(accepted);

        clock.pass(Duration.ofDays(181));
        run();

        assertThat(cases(CaseStatus.ACCEPTED)).isEmpty();
        assertThat(ids(open())).containsAll(accepted);
    }

    @Test
    void verdicts_that_are_revised_take_their_effect_with_them() {
        answer(ScopedLearningTest::truly);
        run();
        assertThat(suppressed()).isNotEmpty();
        List<Case> behind = cases(CaseStatus.FALSE_POSITIVE);

        behind.forEach(each -> give(each, "accepted", "ana"));

        assertThat(suppressed()).isEmpty();
        assertThat(rule().reason()).contains("false verdicts in its scope are still in force");
        assertThat(rulesInForce()).isEmpty();
    }

    @Test
    void another_limit_is_tried_without_changing_anything() {
        answer(ScopedLearningTest::truly);
        run();
        List<Version> before = opsiq.memory().history(1000);

        LimitPreview same = preview("7");
        LimitPreview looser = preview("60");

        assertThat(same.before()).isEqualTo(300);
        assertThat(same.after()).isEqualTo(300);
        assertThat(same.casesLost()).isEmpty();
        assertThat(looser.after()).isEqualTo(300);
        assertThat(looser.recallAfter().of()).isEqualTo(judgedTrue());
        assertThat(opsiq.memory().history(1000)).isEqualTo(before);
    }

    private LimitPreview preview(String days) {
        Map<String, BigDecimal> limits = Map.of("pending_days", new BigDecimal(days));
        return opsiq.investigations()
                .preview(opsiq.pack().detector("orphan_refund").orElseThrow(), limits, what -> {})
                .orElseThrow();
    }

    /** What a reviewer says of a refund, the how-manieth of the round. */
    @FunctionalInterface
    private interface Answer {
        String of(Refund refund, int index);
    }

    private static String truly(Refund refund, int index) {
        return refund.isGoodwillInEmea() ? "false_positive" : "approve";
    }

    private void answer(Answer answer) {
        answer(answer, index -> "ana");
    }

    private void answer(Answer answer, IntFunction<String> reviewer) {
        List<Case> shown = open();
        List<FeedbackGiven> round = IntStream.range(0, Math.min(ANSWERS, shown.size()))
                .mapToObj(i -> FeedbackGiven.onCase(
                        shown.get(i).caseId(), answer.of(refund(shown.get(i)), i), null, reviewer.apply(i)))
                .toList();
        assertThat(opsiq.verdicts().giveAll(round)).hasOnlyElementsOfType(FeedbackOutcome.Accepted.class);
    }

    private void give(Case about, String verdict, String reviewer) {
        assertThat(opsiq.verdicts().give(FeedbackGiven.onCase(about.caseId(), verdict, null, reviewer)))
                .isInstanceOf(FeedbackOutcome.Accepted.class);
    }

    private RunResult run() {
        clock.pass(Duration.ofMinutes(1));
        return opsiq.investigations().run(served, what -> {});
    }

    private List<Case> cases(CaseStatus status) {
        return opsiq.cases().list(CaseQuery.all().withStatus(status)).cases();
    }

    private List<Case> open() {
        return cases(CaseStatus.OPEN);
    }

    private List<Case> suppressed() {
        return cases(CaseStatus.SUPPRESSED);
    }

    private long judgedTrue() {
        return cases(CaseStatus.APPROVED).size();
    }

    private BigDecimal approvedMoney() {
        return cases(CaseStatus.APPROVED).stream().map(Case::grossImpact).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static List<String> ids(List<Case> cases) {
        return cases.stream().map(Case::caseId).toList();
    }

    private Refund refund(Case about) {
        return books.refund(Objects.requireNonNull(about.affectedEntities().get("refund_id")));
    }

    private Proposal proposal() {
        return opsiq.memory().proposals().stream()
                .filter(each -> each.scope().equals(GOODWILL_IN_EMEA))
                .findFirst()
                .orElseThrow();
    }

    /** The last change of the rule on the scope that the reviewer knows. */
    private Version rule() {
        return opsiq.memory().history(1000).stream()
                .filter(each -> each.scope().equals(GOODWILL_IN_EMEA) && each.inForce())
                .findFirst()
                .orElseThrow();
    }

    private List<Version> rulesInForce() {
        return opsiq.memory().history(1000).stream()
                .filter(each -> each.inForce()
                        && !each.scope().isEmpty()
                        && !each.value().equals("off"))
                .toList();
    }

    /** Time passes when a test says so. */
    private static final class MovedClock extends Clock {

        private Instant now = Instant.parse("2026-06-01T00:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
