package io.opsiq;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsiq.actions.Action;
import io.opsiq.actions.ActionDecision;
import io.opsiq.actions.ActionStatus;
import io.opsiq.actions.ActionType;
import io.opsiq.cases.Case;
import io.opsiq.cases.CaseChange;
import io.opsiq.cases.CaseChanges;
import io.opsiq.cases.CaseQuery;
import io.opsiq.cases.CaseStatus;
import io.opsiq.cases.Confidence;
import io.opsiq.evaluation.Evaluation;
import io.opsiq.investigation.Reasoned;
import io.opsiq.investigation.RunRequest;
import io.opsiq.investigation.RunResult;
import io.opsiq.learning.Feedback;
import io.opsiq.learning.FeedbackGiven;
import io.opsiq.learning.FeedbackOutcome;
import io.opsiq.learning.FeedbackOutcome.Accepted;
import io.opsiq.learning.LimitProposal;
import io.opsiq.learning.MemoryEntry;
import io.opsiq.reasoning.ScriptedModel;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verdict, memory, rerun and evaluation on the demo books, as a user goes through them. */
class ClosedLoopTest {

    @TempDir
    Path folder;

    private OpsIQ opsiq;
    private RunRequest books;
    private RunResult first;

    @BeforeEach
    void investigate() {
        opsiq = new OpsIQ(folder.resolve("state"), Clock.systemUTC(), Settings.ofEnvironment());
        Path data = folder.resolve("books");
        opsiq.demoBooks().write(data);
        books = RunRequest.of(data, null, null);
        first = run();
    }

    @Test
    void a_false_positive_lowers_its_type_in_the_next_run_and_memory_says_why() {
        Case before = the("duplicate_refund");
        assertThat(before.confidence()).isEqualTo(Confidence.HIGH);
        assertThat(before.estimatedImpact()).isEqualByComparingTo("150.00");
        assertThat(value("false_positive_penalty")).isEqualTo(new BigDecimal("0.0"));

        Accepted accepted = judge("duplicate_refund", "false_positive");

        assertThat(accepted.memoryUpdates())
                .extracting(MemoryEntry::key)
                .containsExactly("false_positive_penalty", "false_positive_penalty.duplicate_refund");
        assertThat(the("duplicate_refund").status()).isEqualTo(CaseStatus.FALSE_POSITIVE);
        assertThat(value("false_positive_penalty")).hasToString("0.15");
        assertThat(value("duplicate_refund_window_hours")).hasToString("2");
        assertThat(accepted.proposals())
                .singleElement()
                .satisfies(proposal -> assertThat(proposal.key()).isEqualTo("duplicate_refund_window_hours"))
                .satisfies(proposal -> assertThat(proposal.to()).isEqualByComparingTo("1"))
                .satisfies(proposal -> assertThat(proposal.waitsFor()).startsWith("2 more false positives"));

        RunResult second = run();

        Case after = the("duplicate_refund");
        assertThat(after.confidence()).isEqualTo(Confidence.MEDIUM);
        assertThat(after.confidenceScore()).isEqualByComparingTo("0.75");
        assertThat(after.confidenceReasons()).singleElement().asString().contains("1 false positive");
        assertThat(after.estimatedImpact()).isEqualByComparingTo("127.50");
        assertThat(after.grossImpact()).isEqualByComparingTo("150.00");
        assertThat(after.status()).isEqualTo(CaseStatus.FALSE_POSITIVE);
        assertThat(after.caseId()).isEqualTo(before.caseId());
        assertThat(the("underbilling").confidenceScore()).isEqualByComparingTo("0.85");
        assertThat(opsiq.cases().changes(first.runId(), second.runId()))
                .singleElement()
                .extracting(CaseChange::caseId)
                .isEqualTo(before.caseId());
        assertThat(opsiq.cases().changes(first.runId(), second.runId(), 0)).isEqualTo(new CaseChanges(List.of(), 1));
    }

    @Test
    void the_memory_keys_exist_with_their_defaults() {
        assertThat(opsiq.memory().entries())
                .extracting(entry -> entry.key() + "=" + entry.value())
                .containsExactly(
                        "duplicate_refund_window_hours=2",
                        "underbilling_threshold=10.0",
                        "refund_spike_multiplier=2.0",
                        "manual_credit_threshold=200.0",
                        "explanation_style=detailed",
                        "false_positive_penalty=0.0");
        assertThat(opsiq.memory().improvement().changes()).isEmpty();
    }

    @Test
    void the_evaluation_is_scored_again_by_each_verdict() {
        Evaluation before = opsiq.evaluations().latest().orElseThrow();
        assertThat(before.correctness()).isEqualTo(5);
        assertThat(before.calibrationNote()).startsWith("None of the 5 cases has been reviewed yet");

        Evaluation after = Objects.requireNonNull(
                judge("duplicate_refund", "false_positive").evalScore());

        assertThat(after.correctness()).isEqualTo(4);
        assertThat(after.falsePositiveCount()).isEqualTo(1);
        assertThat(after.totalCases()).isEqualTo(5);
        assertThat(after.calibrationNote())
                .contains("1 of 5 cases reviewed: 0 approved, 1 false positive")
                .contains("promised 0.90 true on average, reviewers confirmed 0.00")
                .contains("too sure")
                .contains("Of those shown with high confidence, 1 of 1 were false positives.");
        assertThat(opsiq.evaluations().latest()).contains(after);
    }

    @Test
    void a_later_verdict_replaces_the_earlier_and_both_are_kept() {
        judge("duplicate_refund", "false_positive");
        Accepted second = judge("duplicate_refund", "approve");

        assertThat(the("duplicate_refund").status()).isEqualTo(CaseStatus.APPROVED);
        assertThat(value("false_positive_penalty")).hasToString("0.0");
        assertThat(opsiq.verdicts().newest(10)).extracting(Feedback::inForce).containsExactly(true, false);
        assertThat(Objects.requireNonNull(second.evalScore()).falsePositiveCount())
                .isZero();
        run();
        assertThat(the("duplicate_refund").confidenceScore()).isEqualByComparingTo("0.90");
    }

    @Test
    void a_withdrawn_verdict_leaves_nothing_behind_but_its_record() {
        Accepted accepted = judge("duplicate_refund", "false_positive");
        List<Action> declined = actions("duplicate_refund");
        assertThat(declined).extracting(Action::status).containsOnly(ActionStatus.DECLINED);

        assertThat(opsiq.verdicts().withdraw(accepted.feedback().feedbackId())).isPresent();

        assertThat(the("duplicate_refund").status()).isEqualTo(CaseStatus.OPEN);
        assertThat(value("false_positive_penalty")).hasToString("0.0");
        assertThat(actions("duplicate_refund")).extracting(Action::status).containsOnly(ActionStatus.PROPOSED);
        assertThat(opsiq.verdicts().newest(10))
                .singleElement()
                .satisfies(feedback -> assertThat(feedback.inForce()).isFalse());
        assertThat(opsiq.verdicts().withdraw(accepted.feedback().feedbackId())).isEmpty();
    }

    @Test
    void not_worth_acting_on_teaches_half_as_much_and_accepted_nothing() {
        judge("duplicate_refund", "reject");
        judge("underbilling", "accepted");

        assertThat(value("false_positive_penalty")).hasToString("0.075");
        run();
        assertThat(the("duplicate_refund").confidenceScore()).isEqualByComparingTo("0.825");
        assertThat(the("underbilling").confidenceScore()).isEqualByComparingTo("0.85");
        assertThat(the("underbilling").status()).isEqualTo(CaseStatus.ACCEPTED);
    }

    @Test
    void the_same_key_takes_a_verdict_once() {
        String caseId = the("duplicate_refund").caseId();
        FeedbackGiven given = new FeedbackGiven("case", caseId, "false_positive", "", "ana", "key-1");

        Accepted once = (Accepted) opsiq.verdicts().give(given);
        Accepted again = (Accepted) opsiq.verdicts().give(given);

        assertThat(again).isEqualTo(once);
        assertThat(opsiq.verdicts().newest(10)).hasSize(1);
    }

    @Test
    void feedback_that_does_not_fit_says_which_field_and_what_would() {
        String caseId = the("duplicate_refund").caseId();
        assertThat(opsiq.verdicts().give(FeedbackGiven.onCase(caseId, "useful", null, null)))
                .isEqualTo(
                        new FeedbackOutcome.DoesNotFit(
                                "feedback_type",
                                "feedback_type is 'useful'. About a case it is one of approve, false_positive, reject, accepted."));
        assertThat(opsiq.verdicts().give(new FeedbackGiven("invoice", caseId, "approve", null, null, null)))
                .isInstanceOfSatisfying(
                        FeedbackOutcome.DoesNotFit.class,
                        misfit -> assertThat(misfit.field()).isEqualTo("target_type"));
        assertThat(opsiq.verdicts().give(FeedbackGiven.onCase("CASE-NONE", "approve", null, null)))
                .isInstanceOf(FeedbackOutcome.UnknownTarget.class);
        assertThat(opsiq.verdicts().newest(10)).isEmpty();
    }

    @Test
    void many_verdicts_are_taken_together_and_the_wrong_ones_stay_out() {
        List<FeedbackOutcome> outcomes = opsiq.verdicts()
                .giveAll(List.of(
                        FeedbackGiven.onCase(the("duplicate_refund").caseId(), "false_positive", null, null),
                        FeedbackGiven.onCase("CASE-NONE", "approve", null, null),
                        FeedbackGiven.onCase(the("underbilling").caseId(), "approve", null, null)));

        assertThat(outcomes.get(0)).isInstanceOf(Accepted.class);
        assertThat(outcomes.get(1)).isInstanceOf(FeedbackOutcome.UnknownTarget.class);
        assertThat(outcomes.get(2)).isInstanceOf(Accepted.class);
        assertThat(value("false_positive_penalty")).hasToString("0.15");
        assertThat(opsiq.evaluations().latest().orElseThrow().calibrationNote()).contains("2 of 5 cases reviewed");
    }

    @Test
    void a_run_proposes_actions_once_a_case_by_severity_and_money() {
        assertThat(opsiq.actions().ofRun(first.runId()))
                .filteredOn(action -> action.actionType() == ActionType.APPROVAL_TASK)
                .extracting(Action::status)
                .containsOnly(ActionStatus.PENDING_APPROVAL)
                .hasSize(3);
        assertThat(actions("duplicate_refund")).extracting(Action::actionType).containsExactly(ActionType.CREATE_CASE);
        assertThat(actions("underbilling")).isEmpty();
        assertThat(opsiq.actions().ofRun(first.runId()))
                .filteredOn(action -> action.actionType() == ActionType.SEND_ALERT)
                .singleElement()
                .satisfies(alert -> assertThat(alert.status()).isEqualTo(ActionStatus.PROPOSED));

        RunResult second = run();

        assertThat(second.trace().actionsCreated()).isZero();
        assertThat(opsiq.actions().newest(null, 100)).hasSize(8);
    }

    @Test
    void money_that_needs_approval_is_not_done_without_it() {
        Action task = ofType("tier_mismatch", ActionType.APPROVAL_TASK);
        Action work = ofType("tier_mismatch", ActionType.CREATE_CASE);

        assertThat(decide(work, ActionStatus.DONE)).isInstanceOf(ActionDecision.NotNow.class);
        assertThat(decide(task, ActionStatus.DONE)).isInstanceOf(ActionDecision.NotNow.class);
        assertThat(decide(task, ActionStatus.APPROVED)).isInstanceOf(ActionDecision.Taken.class);
        assertThat(decide(task, ActionStatus.APPROVED)).isInstanceOf(ActionDecision.NotNow.class);
        assertThat(decide(work, ActionStatus.DONE)).isInstanceOf(ActionDecision.Taken.class);

        assertThat(ofType("tier_mismatch", ActionType.CREATE_CASE).auditTrail())
                .extracting(Action.Event::status)
                .containsExactly(ActionStatus.PROPOSED, ActionStatus.DONE);
        assertThat(opsiq.cases().events(the("tier_mismatch").caseId()))
                .extracting(event -> event.kind())
                .contains("action");
    }

    @Test
    void the_signals_and_the_verdicts_decide_which_detectors_come_first() {
        opsiq.postedSignals().post(null, null, "manual_credit_alert", "critical", "internal", "refunds", null);
        judge("duplicate_refund", "false_positive");

        RunResult second = run();

        assertThat(Objects.requireNonNull(second.signal()).signalType()).isEqualTo("manual_credit_alert");
        assertThat(second.trace().toolsCalled().getFirst()).isEqualTo("manual_credit");
        assertThat(second.reasoning())
                .extracting(Reasoned::decision)
                .containsExactly(
                        "signal_analysis", "strategy", "executive_summary", "action_decision", "evaluation_advice");
        assertThat(second.reasoning()).extracting(Reasoned::by).containsOnly("rules");
        assertThat(second.reasoning().get(1).text())
                .contains("duplicate_refund")
                .contains("Verdicts took 0.15 off its confidence.");
        assertThat(second.trace().toolsCalled())
                .contains("duplicate_refund", "underbilling", "tier_mismatch", "refund_spike", "manual_credit");
    }

    @Test
    void a_language_model_may_propose_a_limit_and_moves_nothing() {
        try (ScriptedModel model = ScriptedModel.start()) {
            OpsIQ asking = new OpsIQ(opsiq.folder(), Clock.systemUTC(), Settings.of(model.settings()));
            asking.verdicts()
                    .give(FeedbackGiven.onCase(the("manual_credit").caseId(), "false_positive", "secret note", null));
            asking.teacher().await();
            asking.verdicts().give(FeedbackGiven.onCase(the("underbilling").caseId(), "approve", null, null));
            asking.teacher().await();

            assertThat(model.requests())
                    .singleElement()
                    .satisfies(request -> assertThat(request.words()).doesNotContain("secret note", "Tyrell"));
        }
        assertThat(opsiq.memory().improvement().proposals())
                .extracting(LimitProposal::proposedBy)
                .containsExactly("rules", "model");
        assertThat(opsiq.memory().improvement().proposals())
                .allSatisfy(proposal -> assertThat(proposal.to()).isBetween(BigDecimal.ONE, new BigDecimal(100_000)))
                .allSatisfy(proposal -> assertThat(proposal.waitsFor()).startsWith("2 more false positives"));
        assertThat(value("manual_credit_threshold")).hasToString("200.0");
    }

    @Test
    void a_verdict_withdrawn_after_a_rerun_scores_the_newest_run_again() {
        Accepted accepted = judge("duplicate_refund", "false_positive");
        RunResult second = run();

        Accepted withdrawn =
                opsiq.verdicts().withdraw(accepted.feedback().feedbackId()).orElseThrow();

        Evaluation evaluation = Objects.requireNonNull(withdrawn.evalScore());
        assertThat(evaluation.runId()).isEqualTo(second.runId());
        assertThat(evaluation.totalCases()).isEqualTo(5);
        assertThat(evaluation.correctness()).isEqualTo(5);
        assertThat(withdrawn.memoryUpdates())
                .extracting(entry -> entry.value().toString())
                .containsExactly("0.0", "0.0");
    }

    @Test
    void work_whose_approval_was_declined_is_not_done() {
        Action task = ofType("tier_mismatch", ActionType.APPROVAL_TASK);
        Action work = ofType("tier_mismatch", ActionType.CREATE_CASE);

        assertThat(decide(task, ActionStatus.DECLINED)).isInstanceOf(ActionDecision.Taken.class);

        assertThat(decide(work, ActionStatus.DONE)).isInstanceOf(ActionDecision.NotNow.class);
    }

    @Test
    void nobody_decides_in_the_name_of_opsiq() {
        Action task = ofType("tier_mismatch", ActionType.APPROVAL_TASK);

        assertThat(opsiq.actions().decide(task.actionId(), ActionStatus.DECLINED, " OpsIQ", ""))
                .isInstanceOf(ActionDecision.NotNow.class);
    }

    @Test
    void actions_go_with_their_fact_and_come_back_with_it() throws IOException {
        Path refunds = Path.of(books.data()).resolve("refunds.csv");
        String all = Files.readString(refunds);
        String caseId = the("manual_credit").caseId();
        Files.writeString(refunds, all.replaceAll("(?m)^REF009.*\\R", ""));
        run();
        assertThat(opsiq.cases().find(caseId).orElseThrow().status()).isEqualTo(CaseStatus.RESOLVED);
        assertThat(opsiq.actions().ofCase(caseId)).extracting(Action::status).containsOnly(ActionStatus.DECLINED);

        Files.writeString(refunds, all);
        run();

        assertThat(opsiq.actions().ofCase(caseId))
                .extracting(Action::status)
                .containsExactlyInAnyOrder(ActionStatus.PROPOSED, ActionStatus.PENDING_APPROVAL);
    }

    @Test
    void a_number_of_millions_of_digits_in_a_signal_stays_a_short_text() {
        opsiq.postedSignals()
                .post(null, null, "alert", "critical", null, null, Map.of("n", new BigDecimal("1e99999999")));

        assertThat(Objects.requireNonNull(run().signal()).payload().get("n")).hasToString("1E+99999999");
    }

    @Test
    void a_key_is_not_taken_for_another_verdict() {
        FeedbackGiven first = new FeedbackGiven("case", the("duplicate_refund").caseId(), "approve", null, null, "key");
        FeedbackGiven other = new FeedbackGiven("case", the("underbilling").caseId(), "approve", null, null, "key");

        assertThat(opsiq.verdicts().give(first)).isInstanceOf(Accepted.class);
        assertThat(opsiq.verdicts().give(other)).isInstanceOf(FeedbackOutcome.DoesNotFit.class);
    }

    @Test
    void a_run_completes_while_verdicts_arrive() throws InterruptedException {
        String caseId = the("underbilling").caseId();
        AtomicBoolean over = new AtomicBoolean();
        Thread reviewer = Thread.ofPlatform().start(() -> {
            while (!over.get()) {
                opsiq.verdicts().give(FeedbackGiven.onCase(caseId, "approve", null, null));
            }
        });
        try {
            assertThat(run().summary().caseCount()).isEqualTo(5);
        } finally {
            over.set(true);
            reviewer.join();
        }
        assertThat(the("underbilling").status()).isEqualTo(CaseStatus.APPROVED);
    }

    private RunResult run() {
        return opsiq.investigations().run(books, what -> {});
    }

    private Accepted judge(String type, String verdict) {
        FeedbackGiven given = FeedbackGiven.onCase(the(type).caseId(), verdict, "", null);
        return (Accepted) opsiq.verdicts().give(given);
    }

    private Case the(String type) {
        return opsiq.cases().list(CaseQuery.all()).cases().stream()
                .filter(each -> each.anomalyType().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private Object value(String key) {
        return opsiq.memory().entries().stream()
                .filter(entry -> entry.key().equals(key))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private List<Action> actions(String type) {
        return opsiq.actions().ofCase(the(type).caseId());
    }

    private Action ofType(String type, ActionType wanted) {
        return actions(type).stream()
                .filter(action -> action.actionType() == wanted)
                .findFirst()
                .orElseThrow();
    }

    private ActionDecision decide(Action action, ActionStatus to) {
        return opsiq.actions().decide(action.actionId(), to, "ana", "");
    }
}
