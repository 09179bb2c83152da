package io.opsiq.investigation;

import io.opsiq.actions.Action;
import io.opsiq.books.Money;
import io.opsiq.cases.Case;
import io.opsiq.cases.ImpactSummary;
import io.opsiq.signals.Signal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a run's decisions rest on, in words. By rules: every number and name in them is one of its arguments. */
final class Reasons {

    private static final int NAMED_CASES = 3;

    private Reasons() {}

    static String signals(List<Signal> signals) {
        Optional<Signal> first = signals.stream().findFirst();
        if (first.isEmpty()) {
            return "There are no signals; the books are investigated all the same.";
        }
        return "%s. %s (%s, %s, from %s) is the most severe and of those the latest, so it triggers the run."
                .formatted(
                        signals.size() == 1 ? "One signal" : signals.size() + " signals",
                        first.get().signalId(),
                        first.get().signalType(),
                        first.get().severity(),
                        first.get().source());
    }

    static String summary(ImpactSummary summary, List<Case> top) {
        if (summary.caseCount() == 0) {
            return "Nothing was found that leaks.";
        }
        List<String> sentences = new ArrayList<>();
        sentences.add(summary.caseCount() == 1 ? "One case." : summary.caseCount() + " cases.");
        summary.byCurrency().forEach((currency, impact) -> {
            sentences.add("Lost or recoverable: %s.".formatted(Money.shown(impact.lost(), currency)));
            if (impact.owedToCustomers().signum() > 0) {
                sentences.add("Owed to customers: %s.".formatted(Money.shown(impact.owedToCustomers(), currency)));
            }
        });
        top.stream().limit(NAMED_CASES).forEach(each -> sentences.add(oneLine(each)));
        return String.join(" ", sentences);
    }

    private static String oneLine(Case each) {
        return "“%s”: %s at %s confidence (%s)."
                .formatted(
                        each.title(),
                        Money.shown(each.grossImpact(), each.currency()),
                        each.confidence().name().toLowerCase(Locale.ROOT),
                        each.confidenceScore().setScale(2, RoundingMode.HALF_UP));
    }

    static String actions(List<Action> proposed) {
        if (proposed.isEmpty()) {
            return "No new action: no open case calls for one that it does not have already.";
        }
        return proposed.stream()
                .map(action -> "%s %s: “%s”. %s"
                        .formatted(
                                action.actionId(),
                                action.actionType().name().toLowerCase(Locale.ROOT),
                                action.title(),
                                action.reason()))
                .collect(Collectors.joining(" "));
    }
}
