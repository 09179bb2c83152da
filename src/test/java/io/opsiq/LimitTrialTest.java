package io.opsiq;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsiq.cases.Case;
import io.opsiq.cases.CaseQuery;
import io.opsiq.cases.CaseStatus;
import io.opsiq.evaluation.Calibration;
import io.opsiq.evaluation.Interval;
import io.opsiq.evaluation.Replay;
import io.opsiq.investigation.RunRequest;
import io.opsiq.learning.ChangeOutcome;
import io.opsiq.learning.FeedbackGiven;
import io.opsiq.learning.FeedbackOutcome;
import io.opsiq.learning.Proposal;
import io.opsiq.reasoning.ScriptedModel;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A limit that verdicts speak against is tried by the next run, and nobody moves it before. */
class LimitTrialTest {

    /** By how much each invoice is underbilled; the limit is 10, one step looser 15. */
    private static final List<Integer> GAPS = List.of(11, 12, 13, 14, 40, 60);

    @TempDir
    Path folder;

    private final Map<Integer, String> ids = new HashMap<>();
    private OpsIQ opsiq;
    private RunRequest books;

    @BeforeEach
    void six_invoices_that_ask_for_too_little() throws IOException {
        opsiq = new OpsIQ(folder.resolve("state"), Clock.systemUTC(), Settings.ofEnvironment());
        Path data = Files.createDirectories(folder.resolve("books"));
        Files.writeString(data.resolve("customers.csv"), """
                customer_id,customer_name,region,segment,plan_tier,status,created_at
                CUST-1,Alder,EMEA,smb,pro,active,2025-01-01
                """);
        StringBuilder invoices = new StringBuilder(
                "invoice_id,customer_id,invoice_date,billed_amount,expected_amount,plan_tier_billed,status\n");
        GAPS.forEach(gap -> invoices.append(
                "INV-%d,CUST-1,2026-0%d-01,%d,300,pro,paid%n".formatted(gap, 1 + GAPS.indexOf(gap), 300 - gap)));
        Files.writeString(data.resolve("invoices.csv"), invoices);
        books = RunRequest.of(data, null, null);
        run();
        assertThat(open()).hasSize(GAPS.size());
        GAPS.forEach(this::idOf);
    }

    @Test
    void the_next_run_says_what_it_would_cost_and_it_waits_for_a_person() {
        judge("false_positive", 11, 12, 13);
        judge("approve", 40);
        assertThat(proposal().replay()).isNull();
        assertThat(opsiq.memory().accept(proposal().proposalId(), "ben")).isInstanceOf(ChangeOutcome.NotNow.class);

        run();

        Replay replay = Objects.requireNonNull(proposal().replay());
        assertThat(proposal().status()).isEqualTo(Proposal.Status.WAITING);
        assertThat(proposal().waitsFor()).startsWith("a person");
        assertThat(replay.casesLost()).extracting(Replay.Named::caseId).containsExactly(idOf(14));
        assertThat(replay.moneyLost()).isEqualByComparingTo("14");
        assertThat(replay.precisionBefore()).isEqualTo(Interval.of(1, 4));
        assertThat(replay.precisionAfter()).isEqualTo(Interval.of(1, 1));
        assertThat(replay.recallAfter()).isEqualTo(Interval.of(1, 1));
        assertThat(open()).hasSize(2);

        assertThat(opsiq.memory().accept(proposal().proposalId(), "ben")).isInstanceOf(ChangeOutcome.Done.class);
        run();

        assertThat(proposal().status()).isEqualTo(Proposal.Status.ACCEPTED);
        assertThat(open()).extracting(Case::caseId).containsExactly(idOf(60));
    }

    @Test
    void what_lies_below_an_accepted_limit_is_hidden_and_a_sample_of_it_can_be_reviewed() {
        accept();

        assertThat(cases(CaseQuery.all())).extracting(Case::caseId).doesNotContain(idOf(14));
        assertThat(cases(CaseQuery.audits())).singleElement().satisfies(each -> {
            assertThat(each.caseId()).isEqualTo(idOf(14));
            assertThat(each.status()).isEqualTo(CaseStatus.SUPPRESSED);
            assertThat(each.statusReason()).contains("underbilling_threshold is 15");
        });

        run();

        assertThat(cases(CaseQuery.audits())).hasSize(1);
    }

    @Test
    void a_limit_goes_back_when_somebody_approves_a_fact_below_it() {
        accept();

        judge("approve", 14);
        run();

        assertThat(limit()).isEqualTo("10.0");
        assertThat(proposal().status()).isEqualTo(Proposal.Status.LIFTED);
        assertThat(opsiq.memory().history(1).getFirst().reason()).contains("approved a fact below it");
        assertThat(cases(CaseQuery.all().withStatus(CaseStatus.APPROVED)))
                .extracting(Case::caseId)
                .contains(idOf(14));
        assertThat(Calibration.of(opsiq.verdicts().answered()).auditMisses()).isEqualTo(1);
        assertThat(opsiq.memory().undo(opsiq.memory().history(1).getFirst().memoryId(), "ben"))
                .isInstanceOf(ChangeOutcome.NotNow.class);
    }

    @Test
    void a_limit_is_not_accepted_where_a_fact_was_approved_since_it_was_tried() {
        judge("false_positive", 11, 12, 13);
        judge("approve", 40);
        run();
        judge("approve", 14);

        assertThat(opsiq.memory().accept(proposal().proposalId(), "ben"))
                .isInstanceOfSatisfying(
                        ChangeOutcome.NotNow.class,
                        refused -> assertThat(refused.message()).contains("approved since"));
        run();

        assertThat(proposal().status()).isEqualTo(Proposal.Status.REFUSED);
        assertThat(proposal().reason()).contains("a person approved");
        assertThat(limit()).isEqualTo("10.0");
    }

    @Test
    void verdicts_on_the_same_cases_again_do_not_propose_an_undone_limit_anew() {
        accept();
        opsiq.memory().undo(opsiq.memory().history(1).getFirst().memoryId(), "ben");
        run();

        judge("false_positive", 11, 12, 13);
        run();

        assertThat(proposal().status()).isEqualTo(Proposal.Status.UNDONE);
    }

    @Test
    void an_undone_limit_shows_again_what_it_hid() {
        accept();

        assertThat(opsiq.memory().undo(opsiq.memory().history(1).getFirst().memoryId(), "ben"))
                .isInstanceOf(ChangeOutcome.Done.class);

        assertThat(limit()).isEqualTo("10.0");
        assertThat(open()).extracting(Case::caseId).contains(idOf(14));
        run();

        assertThat(open()).extracting(Case::caseId).contains(idOf(14));
    }

    @Test
    void an_undone_limit_is_proposed_again_when_as_many_false_positives_arrive() {
        accept();
        assertThat(opsiq.memory().undo(opsiq.memory().history(1).getFirst().memoryId(), "ben"))
                .isInstanceOf(ChangeOutcome.Done.class);
        assertThat(proposal().status()).isEqualTo(Proposal.Status.UNDONE);
        run();
        judge("false_positive", 14, 60);
        assertThat(proposal().status()).isEqualTo(Proposal.Status.UNDONE);

        judge("false_positive", 40);
        assertThat(proposal().status()).isEqualTo(Proposal.Status.WAITING);
        assertThat(proposal().replay()).isNull();
        run();

        assertThat(proposal().feedbackIds()).hasSize(6);
        assertThat(proposal().replay()).isNotNull();
    }

    @Test
    void an_accepted_limit_moves_another_step_when_as_many_false_positives_arrive() {
        accept();

        judge("false_positive", 14, 60, 40);

        assertThat(proposal().status()).isEqualTo(Proposal.Status.WAITING);
        assertThat(proposal().from()).hasToString("15.0");
        assertThat(proposal().to()).hasToString("20.0");
    }

    @Test
    void a_declined_limit_does_not_come_back_by_itself() {
        judge("false_positive", 11, 12, 13);
        judge("approve", 40);
        run();
        assertThat(opsiq.memory().decline(proposal().proposalId(), "ben")).isInstanceOf(ChangeOutcome.Done.class);

        judge("false_positive", 14, 40, 60);
        run();

        assertThat(proposal().status()).isEqualTo(Proposal.Status.DECLINED);
    }

    @Test
    void what_a_language_model_proposes_rests_on_all_verdicts_of_the_type_and_is_tried() {
        judge("approve", 40);
        try (ScriptedModel model = ScriptedModel.start()) {
            opsiq = new OpsIQ(opsiq.folder(), Clock.systemUTC(), Settings.of(model.settings()));
            judge("false_positive", 11, 12, 13);
            opsiq.teacher().await();
        }
        opsiq = new OpsIQ(opsiq.folder(), Clock.systemUTC(), Settings.ofEnvironment());

        run();

        assertThat(opsiq.memory().proposals())
                .filteredOn(each -> each.proposedBy().equals("model"))
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.feedbackIds()).hasSize(3);
                    assertThat(each.replay()).isNotNull();
                });
    }

    /** Lets 15 be the limit instead of 10. */
    private void accept() {
        judge("false_positive", 11, 12, 13);
        judge("approve", 40);
        run();
        assertThat(opsiq.memory().accept(proposal().proposalId(), "ben")).isInstanceOf(ChangeOutcome.Done.class);
        run();
        assertThat(limit()).isEqualTo("15.0");
    }

    private String limit() {
        return opsiq.memory().entries().stream()
                .filter(each -> each.key().equals("underbilling_threshold"))
                .map(each -> each.value().toString())
                .findFirst()
                .orElseThrow();
    }

    private List<Case> cases(CaseQuery query) {
        return opsiq.cases().list(query).cases();
    }

    @Test
    void one_that_would_hide_an_approved_fact_is_refused() {
        judge("false_positive", 11, 12, 13);
        judge("approve", 14);

        run();

        assertThat(proposal().status()).isEqualTo(Proposal.Status.REFUSED);
        assertThat(proposal().reason()).contains("1 fact that a person approved");
        assertThat(opsiq.memory().accept(proposal().proposalId(), "ben")).isInstanceOf(ChangeOutcome.NotNow.class);
    }

    @Test
    void one_that_would_hide_none_of_what_was_called_false_is_refused() {
        judge("approve", 11);
        judge("false_positive", 40, 60);
        judge("reject", 12);
        assertThat(opsiq.memory().proposals())
                .singleElement()
                .satisfies(each -> assertThat(each.replay()).isNull());
        judge("false_positive", 13);

        run();

        assertThat(proposal().status()).isEqualTo(Proposal.Status.REFUSED);
        assertThat(proposal().reason()).contains("1 verdict is behind it; 3 are needed");
    }

    @Test
    void it_goes_with_the_verdicts_that_spoke_for_it() {
        judge("approve", 40);
        judge("false_positive", 11, 12, 13);
        run();
        assertThat(proposal().replay()).isNotNull();

        judge("approve", 11);

        assertThat(proposal().replay()).isNull();
        assertThat(proposal().waitsFor()).startsWith("1 more false positive");
    }

    private void run() {
        opsiq.investigations().run(books, what -> {});
    }

    private void judge(String verdict, int... gaps) {
        for (int gap : gaps) {
            assertThat(opsiq.verdicts().give(FeedbackGiven.onCase(idOf(gap), verdict, null, "ana")))
                    .isInstanceOf(FeedbackOutcome.Accepted.class);
        }
    }

    private List<Case> open() {
        return opsiq.cases().list(CaseQuery.all().withStatus(CaseStatus.OPEN)).cases();
    }

    private String idOf(int gap) {
        return ids.computeIfAbsent(gap, this::searched);
    }

    private String searched(int gap) {
        return opsiq.cases().list(CaseQuery.all()).cases().stream()
                .filter(each -> each.grossImpact().compareTo(BigDecimal.valueOf(gap)) == 0)
                .findFirst()
                .orElseThrow()
                .caseId();
    }

    private Proposal proposal() {
        return opsiq.memory().proposals().stream()
                .filter(each -> each.key().equals("underbilling_threshold"))
                .findFirst()
                .orElseThrow();
    }
}
