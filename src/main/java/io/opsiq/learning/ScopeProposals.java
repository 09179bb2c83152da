package io.opsiq.learning;

import io.opsiq.evaluation.Fact;
import io.opsiq.evaluation.Gate;
import io.opsiq.evaluation.Judged;
import io.opsiq.learning.Decisions.Decision;
import io.opsiq.learning.Proposal.Status;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** What becomes of the scopes that verdicts speak for: proposals that are refused, wait for a person or take effect at once. */
final class ScopeProposals {

    private static final Policy POLICY = Policy.STANDARD;
    private static final BigDecimal WITHOUT_BOUND = upTo(Long.MAX_VALUE / 10_000);

    private final RulesInForce rules;
    private final Clock clock;
    private final ProposalRepository proposals = new ProposalRepository();

    ScopeProposals(RulesInForce rules, Clock clock) {
        this.rules = rules;
        this.clock = clock;
    }

    /** Decides on each scope that no person has refused. */
    void decide(DSLContext transaction, List<ScopeSearch.Found> scopes, Alignment cases, List<Judged> judged) {
        List<RuleInForce> inForce = rules.all(transaction);
        List<Fact> visible = cases.unjudged().stream()
                .filter(fact -> inForce.stream().noneMatch(each -> each.hides(fact)))
                .toList();
        List<ScopeSearch.Found> allowed = scopes.stream()
                .filter(found -> proposals
                        .ofKey(transaction, keyOf(found))
                        .filter(earlier -> earlier.status().isRefusedByPerson())
                        .isEmpty())
                .toList();
        new Decisions(POLICY, judged, visible, cases.openMoney())
                .on(allowed, rules.hiddenByThemselves(transaction))
                .forEach(decision -> store(transaction, decision, inForce));
    }

    private void store(DSLContext transaction, Decision decision, List<RuleInForce> inForce) {
        String key = keyOf(decision.found());
        switch (decision) {
            case Decision.Refused refused ->
                propose(
                        transaction,
                        refused,
                        Suppressions.OFF,
                        upTo(largest(refused.found())),
                        Status.REFUSED,
                        String.join(" ", refused.reasons()),
                        null);
            case Decision.Passed passed ->
                passed(
                        transaction,
                        passed,
                        inForce.stream().filter(each -> each.key().equals(key)).findFirst());
        }
    }

    private void passed(DSLContext transaction, Decision.Passed passed, Optional<RuleInForce> before) {
        Policy.Room room = passed.room();
        boolean nothingNew = room.hides() == 0 && (before.isPresent() || room.about() > 0);
        if (nothingNew && before.isPresent() && room.isAll()) {
            return;
        }
        BigDecimal upTo = upTo(
                nothingNew
                        ? largest(passed.found())
                        : Math.max(
                                room.upTo(),
                                before.map(each -> each.rule().upTo()).orElse(0L)));
        Proposal proposal = propose(
                transaction,
                passed,
                before.<Object>map(each -> each.version().value()).orElse(Suppressions.OFF),
                upTo,
                room.isAll() ? Status.APPLIED : Status.WAITING,
                because(passed),
                room.isAll() ? null : waitsFor(room));
        if (!nothingNew) {
            rules.begin(transaction, proposal, upTo, proposal.reason(), "rules", room.money());
        }
    }

    private static String waitsFor(Policy.Room room) {
        return "a person, for %d of %d cases: they are more money than a change may hide by itself."
                .formatted(room.about() - room.hides(), room.about());
    }

    private static String because(Decision decision) {
        return "All %d verdicts where %s say that it is no leak."
                .formatted(
                        decision.found().supports().size(),
                        decision.found().scope().shown());
    }

    private Proposal propose(
            DSLContext transaction,
            Decision decision,
            Object from,
            Object to,
            Status status,
            String reason,
            @Nullable String waits) {
        String key = keyOf(decision.found());
        Proposal proposal = new Proposal(
                Proposal.idOf(key),
                key,
                decision.found().scope().conditions(),
                from,
                to,
                status,
                reason,
                "rules",
                decision.found().supports().stream()
                        .map(Judged::feedbackId)
                        .sorted()
                        .toList(),
                decision.replay(),
                waits,
                now(),
                now());
        proposals.put(transaction, proposal);
        return proposals.find(transaction, proposal.proposalId()).orElseThrow();
    }

    /** Carries a waiting proposal out because a person wants it; the cases are not yet in line with it. */
    ChangeOutcome<Proposal> accept(
            DSLContext transaction, Proposal proposal, Alignment cases, List<Judged> judged, String author) {
        if (proposal.status() != Status.WAITING) {
            return new ChangeOutcome.NotNow<>("The proposal %s is %s; only one that waits can be accepted."
                    .formatted(proposal.proposalId(), proposal.status().word()));
        }
        Scope scope = Scope.of(proposal.scope());
        Gate.Tried tried = new Decisions(POLICY, judged, cases.unjudged(), cases.openMoney())
                .hiding(
                        scope,
                        judged.stream()
                                .filter(each -> !each.isTrue() && scope.test(each.fact()))
                                .toList());
        if (!tried.passed()) {
            return new ChangeOutcome.NotNow<>("It no longer passes the test: " + String.join(" ", tried.refusals()));
        }
        String reason = "Accepted by %s. %s".formatted(author, proposal.reason());
        rules.begin(transaction, proposal, WITHOUT_BOUND, reason, author, 0);
        return stands(transaction, proposal, Status.ACCEPTED);
    }

    /** Says no; a rule that had taken effect in part ends. */
    ChangeOutcome<Proposal> decline(DSLContext transaction, Proposal proposal, String author) {
        if (proposal.status().isRefusedByPerson()) {
            return new ChangeOutcome.NotNow<>("The proposal %s is %s already."
                    .formatted(proposal.proposalId(), proposal.status().word()));
        }
        rules.all(transaction).stream()
                .filter(each -> each.key().equals(proposal.key()))
                .forEach(each -> rules.end(transaction, each, "Declined by " + author + ".", author, Status.DECLINED));
        return stands(transaction, proposal, Status.DECLINED);
    }

    private ChangeOutcome<Proposal> stands(DSLContext transaction, Proposal proposal, Status status) {
        proposals.stand(transaction, proposal.proposalId(), status, null, now());
        return new ChangeOutcome.Done<>(
                proposals.find(transaction, proposal.proposalId()).orElseThrow());
    }

    private static String keyOf(ScopeSearch.Found found) {
        return Suppressions.PREFIX + found.scope().key();
    }

    private static long largest(ScopeSearch.Found found) {
        return found.supports().stream()
                .mapToLong(each -> each.fact().money())
                .max()
                .orElse(0);
    }

    private static BigDecimal upTo(long units) {
        return BigDecimal.valueOf(units, 4).setScale(2, RoundingMode.DOWN);
    }

    private Instant now() {
        return clock.instant();
    }
}
