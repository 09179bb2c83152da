package io.opsiq.analyst;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Questions to go on with, each of which the analyst can answer. */
final class FollowUps {

    private static final int MOST = 4;

    private final Ground ground;
    private final Predicate<String> answerable;

    /** @param answerable whether a question is understood and can be answered from the books */
    FollowUps(Ground ground, Predicate<String> answerable) {
        this.ground = ground;
        this.answerable = answerable;
    }

    /** After an answer. */
    List<String> after(QueryPlan plan) {
        Metric metric = ground.model().metric(plan.metric());
        Set<String> candidates = new LinkedHashSet<>();
        if (metric.isOfCases()) {
            candidates.addAll(List.of(
                    "Show open cases",
                    "What is the leakage by anomaly type?",
                    "How many open cases by severity?",
                    "How many open cases are there and what is the leakage?"));
        } else {
            if (plan.intent() != Intent.WHY) {
                candidates.add("What changed in " + metric.label() + "?");
            }
            other(metric, plan).ifPresent(by -> candidates.add("Show " + metric.label() + " by " + by));
            if (plan.intent() != Intent.TREND) {
                candidates.add("Show me the monthly trend of " + metric.label());
            }
            if (plan.intent() != Intent.TOP) {
                candidates.add("Top customers by " + metric.label());
            }
            candidates.add("What is the total of " + metric.label() + " last month?");
            candidates.add("How many open cases are there and what is the leakage?");
        }
        return chosen(candidates.stream());
    }

    private Optional<String> other(Metric metric, QueryPlan plan) {
        return metric.dimensions().stream()
                .filter(dimension -> !plan.dimensions().contains(dimension))
                .filter(dimension -> !List.of("customer", "currency").contains(dimension))
                .filter(dimension -> plan.filters().stream()
                        .noneMatch(filter -> filter.dimension().equals(dimension)))
                .filter(dimension -> ground.splits(metric, dimension))
                .map(dimension -> ground.model().dimension(dimension).label())
                .findFirst();
    }

    /** What can be asked at all. */
    List<String> anything() {
        return chosen(Stream.of(
                "What is total revenue?",
                "Show me refunds by region",
                "Show me monthly revenue trend",
                "Top customers by revenue",
                "What is MRR?",
                "How many open cases are there and what is the leakage?",
                "Show usage by feature",
                "What is the total of collected payments?",
                "How many customers are there?"));
    }

    private List<String> chosen(Stream<String> candidates) {
        return candidates.filter(answerable).limit(MOST).toList();
    }
}
