package io.opsiq.sentiment;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Weighs the terms found in a text against each other. Saying a thing often does not make it truer: repeats count once. */
final class Weighing {
    private static final double HIGH_RISK = 0.65;
    private static final double ELEVATED_RISK = 0.25;
    /** How much a second reason for worry adds, as a share of its own risk. */
    private static final double FURTHER_RISK = 0.5;

    private record Said(String phrase, boolean denied) {}

    private final List<Token> words;
    private final Collection<Hit> hits;

    Weighing(List<Token> words, List<Hit> found) {
        this.words = words;
        Map<Said, Hit> distinct = new LinkedHashMap<>();
        for (var hit : found) {
            distinct.merge(new Said(hit.term().phrase(), hit.denied()), hit, (a, b) -> b.factor() > a.factor() ? b : a);
        }
        this.hits = distinct.values();
    }

    Reading reading() {
        var reason = reason();
        var risk = riskLevel();
        var assessment = new Assessment(words, hits).sentence(reason, risk);
        return new Reading(polarity(), subjectivity(), risk, reason, assessment);
    }

    private ReasonCode reason() {
        Map<ReasonCode, Double> weights = new EnumMap<>(ReasonCode.class);
        hits.stream()
                .filter(hit -> hit.meaning().reason() != ReasonCode.UNCLEAR)
                .forEach(hit -> weights.merge(hit.meaning().reason(), hit.weight(), Double::sum));
        return weights.entrySet().stream()
                .max(Map.Entry.<ReasonCode, Double>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(Map.Entry::getKey)
                .orElse(ReasonCode.UNCLEAR);
    }

    private RiskLevel riskLevel() {
        double risk = risk();
        if (risk >= HIGH_RISK) {
            return RiskLevel.HIGH;
        }
        if (risk >= ELEVATED_RISK) {
            return RiskLevel.ELEVATED;
        }
        return hits.stream().anyMatch(hit -> hit.risk() < 0) ? RiskLevel.LOW : RiskLevel.NEUTRAL;
    }

    private double risk() {
        var risks = strongestByReason(Hit::risk);
        double greatest = risks.stream().mapToDouble(r -> r).max().orElse(0);
        double others = none(risks.stream().map(r -> FURTHER_RISK * r).toList()) / (1 - FURTHER_RISK * greatest);
        return 1 - (1 - greatest) * others;
    }

    private BigDecimal polarity() {
        double good = 1 - none(strongestByReason(Hit::polarity));
        double bad = 1 - none(strongestByReason(hit -> -hit.polarity()));
        return twoDecimals(good - bad);
    }

    private BigDecimal subjectivity() {
        return twoDecimals(1 - none(hits.stream().map(Hit::subjectivity).toList()));
    }

    /** Two words for one reason are one reason: of each the strongest word counts. */
    private Collection<Double> strongestByReason(ToDoubleFunction<Hit> strength) {
        Map<ReasonCode, Double> strongest = new EnumMap<>(ReasonCode.class);
        hits.stream()
                .filter(hit -> strength.applyAsDouble(hit) > 0)
                .forEach(hit -> strongest.merge(hit.meaning().reason(), strength.applyAsDouble(hit), Math::max));
        return strongest.values();
    }

    /** The chance that none holds, each taken as a chance of its own: keeps any number of strengths between 0 and 1. */
    private static double none(Collection<Double> strengths) {
        return strengths.stream().mapToDouble(s -> 1 - s).reduce(1, (a, b) -> a * b);
    }

    private static BigDecimal twoDecimals(double value) {
        return BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP);
    }
}
