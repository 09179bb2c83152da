package io.opsiq.investigation;

import io.opsiq.actions.Action;
import io.opsiq.actions.ActionStatus;
import io.opsiq.cases.Case;
import io.opsiq.cases.CaseQuery;
import io.opsiq.cases.ImpactSummary;
import io.opsiq.detectors.Detector;
import io.opsiq.evaluation.Evaluation;
import io.opsiq.learning.Lessons;
import io.opsiq.reasoning.Answers;
import io.opsiq.reasoning.Decision;
import io.opsiq.reasoning.Deliberation;
import io.opsiq.reasoning.Facts;
import io.opsiq.reasoning.Questions;
import io.opsiq.signals.Signal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Asks a language model where there is one: in which order to look, how to put what was found, with which action to begin. It
 * sees ids, counts and amounts. What it says orders and words; cases, amounts and actions are the same without it.
 */
final class Counsel {

    private static final int SIGNALS = 20;
    private static final int CASES = 10;

    private final Deliberation deliberation;

    Counsel(Deliberation deliberation) {
        this.deliberation = deliberation;
    }

    /** The order of the detectors, and the words for it. */
    record StrategyDecision(Strategy strategy, List<Reasoned> reasoning) {}

    StrategyDecision strategy(List<Signal> signals, List<Detector> detectors, Lessons lessons) {
        Strategy rules = Strategy.of(signals, detectors, lessons);
        Decision<Answers.Strategy> decision = deliberation.decide(
                Questions.strategy(facts(signals, detectors, lessons), rules.order()), () -> byRules(signals, rules));
        Strategy decided = decision.byModel() ? rules.reordered(reasons(decision.answer())) : rules;
        return new StrategyDecision(
                decided,
                List.of(
                        Reasoned.of(Reasoned.SIGNALS, decision.map(Answers.Strategy::reading)),
                        Reasoned.of(Reasoned.STRATEGY, decision.map(answer -> decided.statement()))));
    }

    private static Answers.Strategy byRules(List<Signal> signals, Strategy rules) {
        return new Answers.Strategy(
                Reasons.signals(signals),
                rules.focuses().stream()
                        .map(focus -> new Answers.Step(
                                focus.detector(), !focus.on().isEmpty(), String.join(" ", focus.because())))
                        .toList());
    }

    private static Map<String, String> reasons(Answers.Strategy answer) {
        Map<String, String> reasons = new LinkedHashMap<>();
        answer.steps().forEach(step -> reasons.put(step.detector(), step.reason()));
        return reasons;
    }

    private static Facts facts(List<Signal> signals, List<Detector> detectors, Lessons lessons) {
        Facts.Builder facts = Facts.builder().number("signal_count", signals.size());
        signals.stream()
                .limit(SIGNALS)
                .forEach(signal -> facts.row(
                        "signals",
                        row -> row.label("signal", signal.signalId())
                                .number("urgency", signal.weight())
                                .ids("concerns", Strategy.concerned(signal, detectors))));
        detectors.forEach(detector -> facts.row("expected", row -> {
            row.id("detector", detector.id()).share("precision", detector.prior());
            Lessons.Penalty penalty = lessons.penalties().get(detector.id());
            if (penalty != null) {
                row.share("taken_off_by_verdicts", penalty.share());
            }
        }));
        return facts.build();
    }

    /** The stored result in the model's words, as far as it has any. */
    RunResult word(RunResult result, RunParts parts) {
        List<Case> top = parts.cases()
                .list(CaseQuery.ofRun(result.runId()).page(CASES, null))
                .cases();
        List<Action> actions = parts.actions().ofRun(result.runId()).stream()
                .filter(action ->
                        action.status() == ActionStatus.PROPOSED || action.status() == ActionStatus.PENDING_APPROVAL)
                .toList();
        return result.worded(result.reasoning().stream()
                .map(said -> switch (said.decision()) {
                    case Reasoned.SUMMARY -> summary(said, result.summary(), top);
                    case Reasoned.ACTIONS -> actions(said, actions);
                    case Reasoned.EVALUATION ->
                        parts.evaluations()
                                .latestOf(result.runId())
                                .map(evaluation -> advice(said, evaluation))
                                .orElse(said);
                    default -> said;
                })
                .toList());
    }

    private Reasoned summary(Reasoned rules, ImpactSummary summary, List<Case> top) {
        Facts.Builder facts = Facts.builder().number("case_count", summary.caseCount());
        summary.byCurrency()
                .forEach((currency, impact) -> facts.row(
                        "money",
                        row -> row.amount("lost", impact.lost(), currency)
                                .amount("owed_to_customers", impact.owedToCustomers(), currency)));
        top.forEach(each -> facts.row(
                "cases",
                row -> row.id("case", each.caseId())
                        .id("type", each.anomalyType())
                        .code("severity", each.severity())
                        .code("status", each.status())
                        .share("confidence", each.confidenceScore())
                        .amount("impact", each.grossImpact(), each.currency())));
        return prose(rules, deliberation.decide(Questions.summary(facts.build()), () -> words(rules)));
    }

    private Reasoned advice(Reasoned rules, Evaluation evaluation) {
        Facts facts = Facts.builder()
                .number("actionability", evaluation.actionability())
                .number("correctness", evaluation.correctness())
                .number("specificity", evaluation.specificity())
                .number("best_score", 5)
                .number("cases", evaluation.totalCases())
                .number("false_positives", evaluation.falsePositiveCount())
                .build();
        return prose(rules, deliberation.decide(Questions.evaluationAdvice(facts), () -> words(rules)));
    }

    private static Answers.Prose words(Reasoned rules) {
        return new Answers.Prose(rules.text());
    }

    private static Reasoned prose(Reasoned rules, Decision<Answers.Prose> decision) {
        return Reasoned.of(rules.decision(), decision.map(Answers.Prose::text));
    }

    private Reasoned actions(Reasoned rules, List<Action> actions) {
        if (actions.isEmpty()) {
            return rules;
        }
        Facts.Builder facts = Facts.builder();
        actions.forEach(action -> facts.row("proposed", row -> {
            row.id("action", action.actionId())
                    .code("type", action.actionType())
                    .code("status", action.status())
                    .code("severity", action.severity());
            if (action.estimatedImpact() != null && action.currency() != null) {
                row.amount("money", action.estimatedImpact(), action.currency());
            }
        }));
        Decision<Answers.ActionChoice> decision = deliberation.decide(
                Questions.actionChoice(
                        facts.build(), actions.stream().map(Action::actionId).toList()),
                () -> new Answers.ActionChoice(List.of()));
        return Reasoned.of(
                rules.decision(), decision.map(choice -> decision.byModel() ? inWords(choice) : rules.text()));
    }

    private static String inWords(Answers.ActionChoice choice) {
        return choice.actions().stream()
                .map(chosen -> chosen.action() + ": " + chosen.reason())
                .collect(Collectors.joining(" "));
    }
}
