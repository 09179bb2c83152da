package io.opsiq.actions;

import io.opsiq.books.Money;
import io.opsiq.cases.Case;
import io.opsiq.detectors.Detector.Severity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which actions a run's cases call for. A pure function of the cases and of what was proposed before. */
final class ActionPolicy {

    /** From this amount in the base currency on somebody has to agree. */
    static final BigDecimal APPROVAL_FROM = new BigDecimal(200);

    private ActionPolicy() {}

    /** An action that should be there. */
    record Proposal(
            ActionType type,
            @Nullable Case about,
            String title,
            String description,
            Severity severity,
            String reason,
            ActionStatus status) {}

    /**
     * The actions to add.
     *
     * @param urgent open cases that call for one, the most expected money first
     * @param severe how many open cases of the run are of high or critical severity
     * @param known ids of the cases for which actions were proposed before, whatever became of them
     */
    static List<Proposal> propose(List<Case> urgent, long severe, Set<String> known) {
        List<Case> unknown =
                urgent.stream().filter(each -> !known.contains(each.caseId())).toList();
        List<Proposal> proposals = new ArrayList<>();
        for (Case each : unknown) {
            proposals.add(remediation(each));
            if (money(each).compareTo(APPROVAL_FROM) >= 0) {
                proposals.add(approval(each));
            }
        }
        unknown.stream()
                .filter(each -> isSevere(each.severity()))
                .findFirst()
                .ifPresent(first -> proposals.add(alert(first, severe)));
        return proposals;
    }

    static boolean isSevere(Severity severity) {
        return severity.compareTo(Severity.HIGH) >= 0;
    }

    private static Proposal remediation(Case about) {
        String reason = isSevere(about.severity())
                ? "The case is of " + word(about.severity()) + " severity."
                : "Of all cases of the run it holds the most expected money.";
        return new Proposal(
                ActionType.CREATE_CASE,
                about,
                about.title(),
                about.recommendedAction(),
                about.severity(),
                reason,
                ActionStatus.PROPOSED);
    }

    private static Proposal approval(Case about) {
        return new Proposal(
                ActionType.APPROVAL_TASK,
                about,
                "Approve: " + about.title(),
                "%s is at stake. %s"
                        .formatted(Money.shown(about.grossImpact(), about.currency()), about.recommendedAction()),
                about.severity(),
                "Its money reaches the %s from which somebody has to agree.".formatted(APPROVAL_FROM.toPlainString()),
                ActionStatus.PENDING_APPROVAL);
    }

    private static Proposal alert(Case first, long severe) {
        String cases = severe == 1 ? "1 open case" : severe + " open cases";
        return new Proposal(
                ActionType.SEND_ALERT,
                null,
                cases + " of high or critical severity",
                "The first is “%s”, %s.".formatted(first.title(), Money.shown(first.grossImpact(), first.currency())),
                first.severity(),
                "The run found severe cases that were not acted on before.",
                ActionStatus.PROPOSED);
    }

    private static BigDecimal money(Case about) {
        BigDecimal base = about.baseImpact();
        return base == null ? about.grossImpact() : base;
    }

    private static String word(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }
}
