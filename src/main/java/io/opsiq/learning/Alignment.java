package io.opsiq.learning;

import io.opsiq.cases.CaseStatus;
import io.opsiq.cases.Cases;
import io.opsiq.cases.Standing;
import io.opsiq.detectors.Pack;
import io.opsiq.evaluation.Fact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jooq.DSLContext;

/**
 * The cases that matter, as they stand when a run has recorded what it found, and how they are brought in line with the rules and limits
 * in force.
 */
final class Alignment {

    /** Before the memory key of a limit: what hides the cases that lie below it. */
    private static final String BELOW = "below ";

    private final Cases cases;
    private final Map<String, Fact> unjudged = new LinkedHashMap<>();
    private final Map<String, CaseStatus> statuses = new LinkedHashMap<>();
    private final Map<String, Hiding> belowLimits = new HashMap<>();
    private long openMoney;

    private Alignment(Cases cases) {
        this.cases = cases;
    }

    /** What hides a case, and why. */
    private record Hiding(String by, String reason) {

        static Hiding of(RuleInForce rule) {
            return new Hiding(rule.key(), rule.because());
        }

        static Hiding below(LimitTrial limit) {
            return new Hiding(
                    BELOW + limit.key(),
                    "Below the limit in force: %s is %s."
                            .formatted(limit.key(), limit.limit().toPlainString()));
        }
    }

    /** What was done. */
    record Applied(int hidden, int shown, int rules, int audits) {

        String told() {
            return "%d rules in force; %d cases hidden, %d shown again, %d picked for review"
                    .formatted(rules, hidden, shown, audits);
        }
    }

    /** Of all cases that may be hidden; what limits hide stays as it is. */
    static Alignment ofAll(DSLContext transaction, Cases cases, Pack pack) {
        Alignment alignment = new Alignment(cases);
        cases.forEachStanding(transaction, alignment.noting(pack));
        return alignment;
    }

    /** Of the cases that are hidden, where nothing may hide others. */
    static Alignment ofHidden(DSLContext transaction, Cases cases, Pack pack) {
        Alignment alignment = new Alignment(cases);
        cases.forEachHidden(transaction, alignment.noting(pack));
        return alignment;
    }

    private Consumer<Standing> noting(Pack pack) {
        return each -> {
            openMoney += each.money();
            if (each.status() != CaseStatus.APPROVED) {
                unjudged.put(each.caseId(), Traits.of(each, pack));
                statuses.put(each.caseId(), each.status());
                String by = each.hiddenBy();
                if (by != null && by.startsWith(BELOW)) {
                    belowLimits.put(each.caseId(), new Hiding(by, ""));
                }
            }
        };
    }

    /** The cases that nobody has judged, hidden ones too. */
    List<Fact> unjudged() {
        return List.copyOf(unjudged.values());
    }

    /** Of open and approved cases, in ten-thousandths of the base currency. */
    long openMoney() {
        return openMoney;
    }

    /** Hides by these limits, by case, and by no others. */
    Alignment below(Map<String, LimitTrial> limits) {
        belowLimits.clear();
        limits.forEach((caseId, limit) -> belowLimits.put(caseId, Hiding.below(limit)));
        return this;
    }

    /** No longer hides by the limit of this memory key. */
    Alignment notBelow(String key) {
        belowLimits.values().removeIf(hiding -> hiding.by().equals(BELOW + key));
        return this;
    }

    /**
     * Hides and shows until the cases are as the rules and limits say, and picks the audit samples.
     *
     * @param draw the same for the same samples
     */
    Applied to(DSLContext transaction, List<RuleInForce> rules, String draw) {
        Map<Hiding, List<String>> hide = new LinkedHashMap<>();
        List<String> show = new ArrayList<>();
        List<String> hidden = new ArrayList<>();
        unjudged.forEach((caseId, fact) -> {
            Optional<Hiding> hiding = hiding(caseId, fact, rules);
            CaseStatus status = statuses.get(caseId);
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
        List<String> audits = sample(hidden, draw);
        cases.audit(transaction, audits);
        return new Applied(hide.values().stream().mapToInt(List::size).sum(), show.size(), rules.size(), audits.size());
    }

    private Optional<Hiding> hiding(String caseId, Fact fact, List<RuleInForce> rules) {
        return rules.stream()
                .filter(each -> each.hides(fact))
                .findFirst()
                .map(Hiding::of)
                .or(() -> Optional.ofNullable(belowLimits.get(caseId)));
    }

    private static List<String> sample(List<String> hidden, String draw) {
        long wanted = (long) Math.ceil(Policy.STANDARD.audited() * hidden.size());
        return hidden.stream()
                .sorted(Comparator.comparing((String caseId) -> Proposal.idOf(draw + caseId))
                        .thenComparing(caseId -> caseId))
                .limit(wanted)
                .toList();
    }
}
