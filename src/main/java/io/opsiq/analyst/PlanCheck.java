package io.opsiq.analyst;

import io.opsiq.analyst.Ground.MoneyMode;
import io.opsiq.analyst.QueryPlan.Filter;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a plan can be answered from these books; whoever wrote it, a grammar or a language model. */
final class PlanCheck {

    /** Most rows of a list or of a ranking that are asked for at once. */
    static final int MOST_LISTED = 100;

    static final int MOST_RANKED = 1000;

    private static final Set<Intent> OF_SEVERAL = EnumSet.of(Intent.VALUE, Intent.BREAKDOWN, Intent.TOP, Intent.TREND);
    private static final Set<Intent> IN_TIME = EnumSet.of(Intent.TREND, Intent.COMPARISON, Intent.WHY);

    private final Ground ground;
    private final SemanticModel model;

    PlanCheck(Ground ground) {
        this.ground = ground;
        this.model = ground.model();
    }

    /** Why not, as a sentence; empty when it can. */
    Optional<String> refusal(QueryPlan plan) {
        if (plan.metrics().isEmpty()) {
            return Optional.of("It names no number.");
        }
        for (String name : plan.metrics()) {
            Optional<String> refused = model.findMetric(name)
                    .map(metric -> ofMetric(metric, plan))
                    .orElse(Optional.of("There is no number called " + name + "."));
            if (refused.isPresent()) {
                return refused;
            }
        }
        return shape(plan).or(() -> period(plan)).or(() -> money(plan));
    }

    private Optional<String> ofMetric(Metric metric, QueryPlan plan) {
        Optional<String> missing = ground.missing(metric);
        if (missing.isPresent()) {
            return Optional.of("I cannot compute " + metric.label() + ": " + missing.get() + ".");
        }
        for (String dimension : plan.dimensions()) {
            if (!ground.splits(metric, dimension)) {
                return Optional.of(cannotSplit(metric, dimension));
            }
        }
        for (Filter filter : plan.filters()) {
            if (filter.values().isEmpty() || !ground.splits(metric, filter.dimension())) {
                return Optional.of(cannotSplit(metric, filter.dimension()));
            }
        }
        if (metric.time() == null && IN_TIME.contains(plan.intent())) {
            return Optional.of("The books hold " + metric.label() + " as of the clock (" + ground.clock()
                    + ") only, so I cannot say how it changed.");
        }
        return Optional.empty();
    }

    private String cannotSplit(Metric metric, String dimension) {
        String label = model.dimension(dimension).label();
        String by = String.join(
                ", ",
                metric.dimensions().stream()
                        .filter(each -> ground.splits(metric, each))
                        .map(each -> model.dimension(each).label())
                        .toList());
        return "I cannot split " + metric.label() + " by " + label
                + (metric.dimensions().contains(dimension) ? ": the books do not have it" : "")
                + (by.isEmpty() ? "." : ". It can be split by " + by + ".");
    }

    private Optional<String> shape(QueryPlan plan) {
        if (plan.metrics().size() > 1 && !OF_SEVERAL.contains(plan.intent())) {
            return Optional.of("I can do that for one number at a time.");
        }
        boolean needsDimension =
                Set.of(Intent.BREAKDOWN, Intent.TOP, Intent.SHARE).contains(plan.intent());
        if (needsDimension && plan.dimensions().isEmpty()) {
            return Optional.of("I cannot tell what to split it by.");
        }
        if (plan.intent() == Intent.SHARE && !model.metric(plan.metric()).isAdditive()) {
            return Optional.of("A ratio such as " + model.metric(plan.metric()).label() + " has no shares.");
        }
        if (plan.dimensions().size() > 3) {
            return Optional.of("I can split by three things at most.");
        }
        if (plan.intent() == Intent.LIST && !model.metric(plan.metric()).isBase()) {
            return Optional.of("There are no rows of "
                    + model.metric(plan.metric()).label() + " to list: it is computed from others.");
        }
        if (plan.intent() == Intent.WHY && model.metric(plan.metric()).isOfCases()) {
            return Optional.of("I can explain changes in what the books hold, not in cases.");
        }
        Integer limit = plan.limit();
        int most = plan.intent() == Intent.LIST ? MOST_LISTED : MOST_RANKED;
        if (limit != null && (limit < 1 || limit > most)) {
            return Optional.of("I can show 1 to " + most + " rows, not " + limit + ".");
        }
        return plan.intent() == Intent.TREND && plan.grain() == null
                ? Optional.of("I cannot tell by what unit of time.")
                : Optional.empty();
    }

    private Optional<String> period(QueryPlan plan) {
        if (!ground.hasClock() && (plan.period() != null || IN_TIME.contains(plan.intent()))) {
            return Optional.of("The books have no dates.");
        }
        List<Metric> parts = model.parts(plan);
        for (Period period : new Period[] {plan.period(), plan.against()}) {
            if (period != null) {
                Optional<String> refused = covered(period, parts);
                if (refused.isPresent()) {
                    return refused;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> covered(Period period, List<Metric> parts) {
        LocalDate clock = ground.clock();
        if (period.from().isAfter(clock)) {
            return Optional.of(
                    period.label() + " lies after the clock of the books, " + clock + ": nothing is known of it yet.");
        }
        boolean ofClockOnly = parts.stream().anyMatch(part -> part.time() == null);
        if (ofClockOnly && period.until().isBefore(clock)) {
            return Optional.of("The books hold " + parts.getFirst().label() + " as of the clock (" + clock
                    + ") only, not for " + period.label() + ".");
        }
        return ground.span(parts)
                .filter(span -> period.until().isBefore(span.first()))
                .map(span ->
                        "The books begin on " + span.first() + " here: nothing is known of " + period.label() + ".");
    }

    private Optional<String> money(QueryPlan plan) {
        if (plan.intent() == Intent.SHARE
                && plan.dimensions().contains("currency")
                && ground.money(plan) instanceof MoneyMode.Apart) {
            return Optional.of(
                    "Amounts of several currencies make no whole to have a share of. Maybe ask for each by currency.");
        }
        boolean apart = plan.intent() == Intent.WHY && ground.money(plan) instanceof MoneyMode.Apart;
        if (apart && ground.money(plan) instanceof MoneyMode.Apart(var currencies)) {
            String one = currencies.iterator().next();
            return Optional.of("The amounts are in " + String.join(", ", currencies)
                    + " and there are not rates for all of them, so one change cannot be split. Maybe ask for one currency, such as in "
                    + one + ".");
        }
        return Optional.empty();
    }
}
