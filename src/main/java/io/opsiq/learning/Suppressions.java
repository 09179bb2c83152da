package io.opsiq.learning;

import io.opsiq.cases.CaseStatus;
import io.opsiq.cases.Cases;
import io.opsiq.cases.Standing;
import io.opsiq.detectors.Pack;
import io.opsiq.evaluation.Fact;
import io.opsiq.evaluation.Gate;
import io.opsiq.evaluation.Judged;
import io.opsiq.learning.Decisions.Decision;
import io.opsiq.learning.MemoryRepository.Change;
import io.opsiq.learning.Proposal.Status;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** What is hidden because of verdicts: each rule passed the gate, ends by itself and can be taken back. */
final class Suppressions {

    static final String PREFIX = "suppression: ";
    static final String OFF = "off";

    /** Before the memory key of a limit: what hides the cases that lie below it. */
    private static final String BELOW = "below ";

    private static final Duration MONTH = Duration.ofDays(30);
    private static final Policy POLICY = Policy.STANDARD;
    private static final BigDecimal UNITS = new BigDecimal(10_000);

    private final Cases cases;
    private final Supplier<Pack> pack;
    private final Clock clock;
    private final MemoryRepository memory = new MemoryRepository();
    private final ProposalRepository proposals = new ProposalRepository();
    private final VerdictRepository verdicts = new VerdictRepository();

    Suppressions(Cases cases, Supplier<Pack> pack, Clock clock) {
        this.cases = cases;
        this.pack = pack;
        this.clock = clock;
    }

    /** A rule as memory keeps it. */
    record InForce(Version version, Rule rule) {

        static Optional<InForce> of(Version version) {
            return version.value().equals(OFF)
                    ? Optional.empty()
                    : Optional.of(new InForce(
                            version,
                            new Rule(
                                    Scope.of(version.scope()),
                                    new BigDecimal(version.value().toString())
                                            .multiply(UNITS)
                                            .longValue())));
        }

        String key() {
            return version.key();
        }
    }

    /** What a run did. */
    record Applied(int hidden, int shown, int rules, int audits) {

        String told() {
            return "%d rules in force; %d cases hidden, %d shown again, %d picked for review"
                    .formatted(rules, hidden, shown, audits);
        }
    }

    List<InForce> rules(DSLContext context) {
        return memory.inForce(context, PREFIX).stream()
                .flatMap(version -> InForce.of(version).stream())
                .toList();
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

    /** Brings what is hidden in line with the verdicts, inside a run's transaction. */
    Applied apply(DSLContext transaction, List<ScopeSearch.Found> scopes, Map<String, LimitTrial> below, String runId) {
        endAcceptances(transaction);
        List<InForce> inForce = rules(transaction);
        Ledger ledger = ledger(transaction, !inForce.isEmpty() || !scopes.isEmpty() || !below.isEmpty());
        List<Judged> judged = judged(transaction);
        inForce.forEach(rule -> lapse(rule, judged).ifPresent(why -> lift(transaction, rule, why)));
        if (!scopes.isEmpty()) {
            decide(transaction, scopes, ledger, judged);
        }
        return align(transaction, ledger, belowLimits(below), runId);
    }

    private static Map<String, Hiding> belowLimits(Map<String, LimitTrial> below) {
        Map<String, Hiding> hidings = new HashMap<>();
        below.forEach((caseId, limit) -> hidings.put(
                caseId,
                new Hiding(
                        BELOW + limit.key(),
                        "Below the limit in force: %s is %s."
                                .formatted(limit.key(), limit.limit().toPlainString()))));
        return hidings;
    }

    private void endAcceptances(DSLContext transaction) {
        verdicts.endAcceptances(transaction, now())
                .forEach(caseId -> cases.judge(
                        transaction, caseId, CaseStatus.OPEN, null, "The time for which it was accepted is over."));
    }

    /**
     * The cases that matter, as they stand when the run has recorded what it found: where something hides, all that may be hidden; else
     * those alone that are.
     */
    private record Ledger(
            Map<String, Fact> unjudged,
            Map<String, CaseStatus> statuses,
            Map<String, Hiding> belowLimits,
            long openMoney) {}

    /** What hides a case, and why. */
    private record Hiding(String by, String reason) {

        static Hiding of(InForce rule) {
            return new Hiding(
                    rule.key(),
                    "Hidden where %s: %s"
                            .formatted(
                                    rule.rule().scope().shown(), rule.version().reason()));
        }
    }

    private Ledger ledger(DSLContext transaction) {
        return ledger(transaction, true);
    }

    private Ledger ledger(DSLContext transaction, boolean hides) {
        Map<String, Fact> unjudged = new LinkedHashMap<>();
        Map<String, CaseStatus> statuses = new LinkedHashMap<>();
        Map<String, Hiding> belowLimits = new HashMap<>();
        long[] money = {0};
        Consumer<Standing> note = each -> {
            money[0] += each.money();
            if (each.status() != CaseStatus.APPROVED) {
                unjudged.put(each.caseId(), Traits.of(each, pack.get()));
                statuses.put(each.caseId(), each.status());
                String by = each.hiddenBy();
                if (by != null && by.startsWith(BELOW)) {
                    belowLimits.put(each.caseId(), new Hiding(by, ""));
                }
            }
        };
        if (hides) {
            cases.forEachStanding(transaction, note);
        } else {
            cases.forEachHidden(transaction, note);
        }
        return new Ledger(unjudged, statuses, belowLimits, money[0]);
    }

    /** Why a rule may no longer hold; empty while it may. */
    private Optional<String> lapse(InForce each, List<Judged> judged) {
        @Nullable Instant ends = each.version().expiresAt();
        if (ends != null && !ends.isAfter(now())) {
            return Optional.of("It has expired.");
        }
        long approved = judged.stream()
                .filter(verdict -> verdict.isTrue() && each.rule().scope().test(verdict.fact()))
                .count();
        if (approved > 0 && !isByPerson(each)) {
            return Optional.of("A person approved a fact in its scope.");
        }
        if (isByPerson(each) && judged.stream().anyMatch(verdict -> speaksAgainst(verdict, each))) {
            return Optional.of("A person approved a fact in its scope since it was made.");
        }
        long behind = judged.stream()
                .filter(verdict -> !verdict.isTrue() && each.rule().scope().test(verdict.fact()))
                .count();
        return behind < Gate.FEWEST && !isByPerson(each)
                ? Optional.of("Only %d false verdicts in its scope are still in force.".formatted(behind))
                : Optional.empty();
    }

    /** Of what people said the last word counts. */
    private static boolean speaksAgainst(Judged verdict, InForce rule) {
        return verdict.isTrue()
                && verdict.at().isAfter(rule.version().updatedAt())
                && rule.rule().scope().test(verdict.fact());
    }

    private static boolean isByPerson(InForce each) {
        return !each.version().author().equals("rules");
    }

    /** Takes a rule out of force; what it hid is shown again. */
    void lift(DSLContext transaction, InForce rule, String why) {
        end(transaction, rule, why, "rules", Status.LIFTED);
    }

    void end(DSLContext transaction, InForce rule, String why, String author, Status status) {
        Version version = rule.version();
        memory.put(
                transaction,
                new Change(
                        rule.key(),
                        version.scope(),
                        version.value(),
                        OFF,
                        why,
                        author.equals("rules") ? "learning" : "person",
                        author,
                        version.proposalId(),
                        0,
                        null),
                now());
        if (version.proposalId() != null) {
            proposals.stand(transaction, version.proposalId(), status, null, now());
        }
        cases.show(transaction, cases.suppressedBy(transaction, rule.key()), why);
    }

    private void decide(DSLContext transaction, List<ScopeSearch.Found> scopes, Ledger ledger, List<Judged> judged) {
        List<InForce> rules = rules(transaction);
        List<Fact> visible = ledger.unjudged().values().stream()
                .filter(fact -> rules.stream().noneMatch(each -> each.rule().test(fact)))
                .toList();
        Decisions decisions = new Decisions(POLICY, judged, visible, ledger.openMoney());
        long hidden = memory.hiddenByThemselvesSince(transaction, now().minus(MONTH));
        List<ScopeSearch.Found> allowed = scopes.stream()
                .filter(found -> proposals
                        .ofKey(transaction, PREFIX + found.scope().key())
                        .filter(earlier -> earlier.status().isRefusedByPerson())
                        .isEmpty())
                .toList();
        decisions.on(allowed, hidden).forEach(decision -> store(transaction, decision, rules));
    }

    private void store(DSLContext transaction, Decision decision, List<InForce> rules) {
        String key = PREFIX + decision.found().scope().key();
        Optional<InForce> before =
                rules.stream().filter(each -> each.key().equals(key)).findFirst();
        switch (decision) {
            case Decision.Refused refused ->
                propose(
                        transaction,
                        refused,
                        OFF,
                        upTo(largest(refused.found())),
                        Status.REFUSED,
                        String.join(" ", refused.reasons()),
                        null);
            case Decision.Passed passed -> passed(transaction, passed, before);
        }
    }

    private void passed(DSLContext transaction, Decision.Passed passed, Optional<InForce> before) {
        Policy.Room room = passed.room();
        boolean nothingNew = room.hides() == 0 && (before.isPresent() || room.about() > 0);
        Object from = before.<Object>map(each -> each.version().value()).orElse(OFF);
        if (nothingNew && before.isPresent() && room.isAll()) {
            return;
        }
        @Nullable
        String waits = room.isAll()
                ? null
                : "a person, for %d of %d cases: they are more money than a change may hide by itself."
                        .formatted(room.about() - room.hides(), room.about());
        long upTo = Math.max(room.upTo(), before.map(each -> each.rule().upTo()).orElse(0L));
        Proposal proposal = propose(
                transaction,
                passed,
                from,
                upTo(nothingNew ? largest(passed.found()) : upTo),
                waits == null ? Status.APPLIED : Status.WAITING,
                because(passed),
                waits);
        if (!nothingNew) {
            memory.put(
                    transaction,
                    new Change(
                            proposal.key(),
                            proposal.scope(),
                            from,
                            upTo(upTo),
                            proposal.reason(),
                            "learning",
                            "rules",
                            proposal.proposalId(),
                            room.money(),
                            now().plus(POLICY.lasts())),
                    now());
        }
    }

    private static String because(Decision decision) {
        int verdicts = decision.found().supports().size();
        return "All %d verdicts where %s say that it is no leak."
                .formatted(verdicts, decision.found().scope().shown());
    }

    private Proposal propose(
            DSLContext transaction,
            Decision decision,
            Object from,
            Object to,
            Status status,
            String reason,
            @Nullable String waits) {
        Scope scope = decision.found().scope();
        Proposal proposal = new Proposal(
                idOf(PREFIX + scope.key()),
                PREFIX + scope.key(),
                scope.conditions(),
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

    /** The same change always has the same id. */
    static String idOf(String key) {
        CRC32 sum = new CRC32();
        sum.update(key.getBytes(StandardCharsets.UTF_8));
        return "PROP-" + HexFormat.of().toHexDigits((int) sum.getValue())
                + HexFormat.of().toHexDigits((short) key.hashCode());
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

    /**
     * Hides and shows until the cases are as the rules and limits say, and picks the audit samples.
     *
     * @param below what limits hide, by case
     */
    private Applied align(DSLContext transaction, Ledger ledger, Map<String, Hiding> below, String runId) {
        List<InForce> rules = rules(transaction);
        Map<Hiding, List<String>> hide = new LinkedHashMap<>();
        List<String> show = new ArrayList<>();
        List<String> hidden = new ArrayList<>();
        ledger.unjudged().forEach((caseId, fact) -> {
            Optional<Hiding> hiding = rules.stream()
                    .filter(each -> each.rule().test(fact))
                    .findFirst()
                    .map(Hiding::of)
                    .or(() -> Optional.ofNullable(below.get(caseId)));
            CaseStatus status = ledger.statuses().get(caseId);
            if (hiding.isPresent()) {
                hidden.add(caseId);
                if (status == CaseStatus.OPEN) {
                    hide.computeIfAbsent(hiding.get(), fresh -> new ArrayList<>())
                            .add(caseId);
                }
            } else if (status == CaseStatus.SUPPRESSED) {
                show.add(caseId);
            }
        });
        hide.forEach((hiding, caseIds) -> cases.suppress(transaction, hiding.by(), hiding.reason(), caseIds));
        cases.show(transaction, show, "Nothing hides it any more.");
        List<String> audits = sample(hidden, runId);
        cases.audit(transaction, audits);
        return new Applied(hide.values().stream().mapToInt(List::size).sum(), show.size(), rules.size(), audits.size());
    }

    private static List<String> sample(List<String> hidden, String runId) {
        long wanted = (long) Math.ceil(POLICY.audited() * hidden.size());
        return hidden.stream()
                .sorted(Comparator.comparing((String caseId) -> idOf(runId + caseId))
                        .thenComparing(caseId -> caseId))
                .limit(wanted)
                .toList();
    }

    /** What a verdict on this fact changes at once: a rule that it speaks against no longer holds. */
    void settle(DSLContext transaction, Fact about) {
        List<InForce> concerned = rules(transaction).stream()
                .filter(each -> each.rule().scope().test(about))
                .toList();
        if (!concerned.isEmpty()) {
            List<Judged> judged = judged(transaction);
            concerned.forEach(rule -> lapse(rule, judged).ifPresent(why -> lift(transaction, rule, why)));
        }
    }

    /** Carries a waiting or refused proposal out because a person wants it. */
    ChangeOutcome<Proposal> accept(DSLContext transaction, Proposal proposal, String author) {
        if (proposal.status() != Status.WAITING) {
            return new ChangeOutcome.NotNow<>("The proposal %s is %s; only one that waits can be accepted."
                    .formatted(proposal.proposalId(), proposal.status().word()));
        }
        Scope scope = Scope.of(proposal.scope());
        Ledger ledger = ledger(transaction);
        Gate.Tried tried = new Decisions(
                        POLICY,
                        judged(transaction),
                        List.copyOf(ledger.unjudged().values()),
                        ledger.openMoney())
                .hiding(
                        scope,
                        judged(transaction).stream()
                                .filter(each -> !each.isTrue() && scope.test(each.fact()))
                                .toList());
        if (!tried.passed()) {
            return new ChangeOutcome.NotNow<>("It no longer passes the test: " + String.join(" ", tried.refusals()));
        }
        memory.put(
                transaction,
                new Change(
                        proposal.key(),
                        proposal.scope(),
                        proposal.from(),
                        upTo(Long.MAX_VALUE / 10_000),
                        "Accepted by %s. %s".formatted(author, proposal.reason()),
                        "person",
                        author,
                        proposal.proposalId(),
                        0,
                        now().plus(POLICY.lasts())),
                now());
        proposals.stand(transaction, proposal.proposalId(), Status.ACCEPTED, null, now());
        align(transaction, ledger, ledger.belowLimits(), "accept " + now());
        return new ChangeOutcome.Done<>(
                proposals.find(transaction, proposal.proposalId()).orElseThrow());
    }

    /** Says no; a rule that had taken effect in part ends. */
    ChangeOutcome<Proposal> decline(DSLContext transaction, Proposal proposal, String author) {
        if (proposal.status().isRefusedByPerson()) {
            return new ChangeOutcome.NotNow<>("The proposal %s is %s already."
                    .formatted(proposal.proposalId(), proposal.status().word()));
        }
        rules(transaction).stream()
                .filter(each -> each.key().equals(proposal.key()))
                .forEach(each -> end(transaction, each, "Declined by " + author + ".", author, Status.DECLINED));
        proposals.stand(transaction, proposal.proposalId(), Status.DECLINED, null, now());
        return new ChangeOutcome.Done<>(
                proposals.find(transaction, proposal.proposalId()).orElseThrow());
    }

    Optional<Proposal> find(DSLContext context, String proposalId) {
        return proposals.find(context, proposalId);
    }

    /** Puts a rule back that had ended. */
    void restore(DSLContext transaction, Version ended, String author) {
        Version before = ended;
        memory.put(
                transaction,
                new Change(
                        before.key(),
                        before.scope(),
                        OFF,
                        java.util.Objects.requireNonNull(before.from()),
                        "Undone by %s: %s".formatted(author, before.reason()),
                        "person",
                        author,
                        before.proposalId(),
                        0,
                        now().plus(POLICY.lasts())),
                now());
        if (before.proposalId() != null) {
            proposals.stand(transaction, before.proposalId(), Status.ACCEPTED, null, now());
        }
        Ledger ledger = ledger(transaction);
        align(transaction, ledger, ledger.belowLimits(), "undo " + now());
    }

    List<Proposal> proposals(DSLContext context) {
        return proposals.all(context);
    }

    void put(DSLContext transaction, Proposal proposal) {
        proposals.put(transaction, proposal);
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
