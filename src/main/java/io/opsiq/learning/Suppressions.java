package io.opsiq.learning;

import io.opsiq.cases.CaseStatus;
import io.opsiq.cases.Cases;
import io.opsiq.detectors.Pack;
import io.opsiq.evaluation.Fact;
import io.opsiq.evaluation.Judged;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jooq.DSLContext;

/** What is hidden because of verdicts: each rule passed the gate, ends by itself and can be taken back. */
final class Suppressions {

    static final String PREFIX = "suppression: ";
    static final String OFF = "off";

    private final Cases cases;
    private final Supplier<Pack> pack;
    private final Clock clock;
    private final VerdictRepository verdicts = new VerdictRepository();
    private final RulesInForce rules;
    private final ScopeProposals proposals;

    Suppressions(Cases cases, Supplier<Pack> pack, Clock clock) {
        this.cases = cases;
        this.pack = pack;
        this.clock = clock;
        this.rules = new RulesInForce(cases, clock);
        this.proposals = new ScopeProposals(rules, clock);
    }

    List<Judged> judged(DSLContext context) {
        return verdicts.judged(context, type -> Traits.prior(pack.get(), type));
    }

    /** The cases that stand open, hidden ones too. */
    List<Fact> unjudged(DSLContext context) {
        List<Fact> facts = new ArrayList<>();
        cases.forEachStanding(context, each -> {
            if (each.status() != CaseStatus.APPROVED) {
                facts.add(Traits.of(each, pack.get()));
            }
        });
        return facts;
    }

    /**
     * Brings what is hidden in line with the verdicts, inside a run's transaction.
     *
     * @param below the limits that hide what they would not have found, by case
     */
    Alignment.Applied apply(
            DSLContext transaction, List<ScopeSearch.Found> scopes, Map<String, LimitTrial> below, String runId) {
        endAcceptances(transaction);
        List<RuleInForce> before = rules.all(transaction);
        Alignment alignment = before.isEmpty() && scopes.isEmpty() && below.isEmpty()
                ? Alignment.ofHidden(transaction, cases, pack.get())
                : Alignment.ofAll(transaction, cases, pack.get());
        List<Judged> judged = judged(transaction);
        rules.liftLapsed(transaction, before, judged);
        if (!scopes.isEmpty()) {
            proposals.decide(transaction, scopes, alignment, judged);
        }
        return alignment.below(below).to(transaction, rules.all(transaction), runId);
    }

    private void endAcceptances(DSLContext transaction) {
        verdicts.endAcceptances(transaction, now())
                .forEach(caseId -> cases.judge(
                        transaction, caseId, CaseStatus.OPEN, null, "The time for which it was accepted is over."));
    }

    /** What a verdict on this fact changes at once: a rule that it speaks against no longer holds. */
    void settle(DSLContext transaction, Fact about) {
        rules.liftLapsed(transaction, about, () -> judged(transaction));
    }

    /** A person wants what waits. */
    ChangeOutcome<Proposal> accept(DSLContext transaction, Proposal proposal, String author) {
        Alignment alignment = Alignment.ofAll(transaction, cases, pack.get());
        ChangeOutcome<Proposal> outcome =
                proposals.accept(transaction, proposal, alignment, judged(transaction), author);
        if (outcome instanceof ChangeOutcome.Done) {
            alignment.to(transaction, rules.all(transaction), "accept " + now());
        }
        return outcome;
    }

    /** A person does not want it. */
    ChangeOutcome<Proposal> decline(DSLContext transaction, Proposal proposal, String author) {
        return proposals.decline(transaction, proposal, author);
    }

    /** Takes a change of a rule back: one that began ends, one that ended is back. */
    void undo(DSLContext transaction, Version version, String author) {
        if (version.value().equals(OFF)) {
            rules.putBack(transaction, version, author);
            Alignment.ofAll(transaction, cases, pack.get()).to(transaction, rules.all(transaction), "undo " + now());
        } else {
            rules.all(transaction).stream()
                    .filter(rule -> rule.key().equals(version.key()))
                    .forEach(rule ->
                            rules.end(transaction, rule, "Undone by " + author + ".", author, Proposal.Status.UNDONE));
        }
    }

    /** Shows at once what a limit hid that was taken back; what the limit before it hides as well, the next run hides again. */
    void undoLimit(DSLContext transaction, String key) {
        Alignment.ofHidden(transaction, cases, pack.get())
                .notBelow(key)
                .to(transaction, rules.all(transaction), "undo " + now());
    }

    private Instant now() {
        return clock.instant();
    }
}
