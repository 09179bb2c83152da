package io.opsiq.learning;

import io.opsiq.cases.Cases;
import io.opsiq.evaluation.Fact;
import io.opsiq.evaluation.Judged;
import io.opsiq.learning.MemoryRepository.Change;
import io.opsiq.learning.Proposal.Status;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jooq.DSLContext;

/** The suppressions that memory holds: how they come into force, how long they stay, how they end. */
final class RulesInForce {

    private static final Duration MONTH = Duration.ofDays(30);

    private final Cases cases;
    private final Clock clock;
    private final MemoryRepository memory = new MemoryRepository();
    private final ProposalRepository proposals = new ProposalRepository();

    RulesInForce(Cases cases, Clock clock) {
        this.cases = cases;
        this.clock = clock;
    }

    List<RuleInForce> all(DSLContext context) {
        return memory.inForce(context, Suppressions.PREFIX).stream()
                .flatMap(version -> RuleInForce.of(version).stream())
                .toList();
    }

    /** The money that rules hid in the last thirty days without a person, in ten-thousandths of the base currency. */
    long hiddenByThemselves(DSLContext context) {
        return memory.hiddenByThemselvesSince(context, now().minus(MONTH));
    }

    /**
     * Lets a proposal hide until it expires.
     *
     * @param upTo facts of so much money each, in the base currency
     * @param author {@code rules}, or the person who accepted it
     * @param money as {@link #hiddenByThemselves} counts it; 0 where a person wants it
     */
    void begin(DSLContext transaction, Proposal proposal, Object upTo, String reason, String author, long money) {
        memory.put(
                transaction,
                new Change(
                        proposal.key(),
                        proposal.scope(),
                        proposal.from(),
                        upTo,
                        reason,
                        source(author),
                        author,
                        proposal.proposalId(),
                        money,
                        now().plus(Policy.STANDARD.lasts())),
                now());
    }

    /** Puts a rule back that had ended. */
    void putBack(DSLContext transaction, Version ended, String author) {
        memory.put(
                transaction,
                new Change(
                        ended.key(),
                        ended.scope(),
                        Suppressions.OFF,
                        Objects.requireNonNull(ended.from()),
                        "Undone by %s: %s".formatted(author, ended.reason()),
                        source(author),
                        author,
                        ended.proposalId(),
                        0,
                        now().plus(Policy.STANDARD.lasts())),
                now());
        stand(transaction, ended, Status.ACCEPTED);
    }

    /** Ends those that concern such facts, if need be, and no longer hold by what was judged. */
    void liftLapsed(DSLContext transaction, Fact about, Supplier<List<Judged>> judged) {
        List<RuleInForce> concerned =
                all(transaction).stream().filter(each -> each.isAbout(about)).toList();
        if (!concerned.isEmpty()) {
            liftLapsed(transaction, concerned, judged.get());
        }
    }

    /** Ends those of these rules that no longer hold. */
    void liftLapsed(DSLContext transaction, List<RuleInForce> rules, List<Judged> judged) {
        rules.forEach(rule ->
                rule.lapsed(judged, now()).ifPresent(why -> end(transaction, rule, why, "rules", Status.LIFTED)));
    }

    /** Takes a rule out of force; what it hid is shown again. */
    void end(DSLContext transaction, RuleInForce rule, String why, String author, Status status) {
        Version version = rule.version();
        memory.put(
                transaction,
                new Change(
                        rule.key(),
                        version.scope(),
                        version.value(),
                        Suppressions.OFF,
                        why,
                        source(author),
                        author,
                        version.proposalId(),
                        0,
                        null),
                now());
        stand(transaction, version, status);
        cases.show(transaction, cases.suppressedBy(transaction, rule.key()), why);
    }

    private void stand(DSLContext transaction, Version version, Status status) {
        if (version.proposalId() != null) {
            proposals.stand(transaction, version.proposalId(), status, null, now());
        }
    }

    private static String source(String author) {
        return author.equals("rules") ? "learning" : "person";
    }

    private Instant now() {
        return clock.instant();
    }
}
