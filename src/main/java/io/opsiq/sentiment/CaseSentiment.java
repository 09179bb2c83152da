package io.opsiq.sentiment;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What all texts of a case say together.
 *
 * @param overallPolarity the mean of the texts' polarities, two decimals
 * @param overallRiskLevel the highest of the texts' risk levels, so that a soothing text never hides a worrying one; low only when
 *     some text reassures and none worries
 * @param reasonCode the reason that most texts give; a named problem goes before {@code not_a_problem}, that before {@code unclear}
 * @param textsRead how many texts were not blank
 */
public record CaseSentiment(
        BigDecimal overallPolarity, RiskLevel overallRiskLevel, ReasonCode reasonCode, int textsRead) {

    static CaseSentiment of(List<Reading> readings) {
        return new CaseSentiment(meanPolarity(readings), worstRisk(readings), commonReason(readings), readings.size());
    }

    private static BigDecimal meanPolarity(List<Reading> readings) {
        var sum = readings.stream().map(Reading::polarity).reduce(BigDecimal.ZERO, BigDecimal::add);
        return sum.divide(BigDecimal.valueOf(Math.max(1, readings.size())), 2, RoundingMode.HALF_UP);
    }

    private static RiskLevel worstRisk(List<Reading> readings) {
        var risks = readings.stream().map(Reading::riskLevel).toList();
        var worst = risks.stream().max(Comparator.naturalOrder()).orElse(RiskLevel.NEUTRAL);
        return worst == RiskLevel.NEUTRAL && risks.contains(RiskLevel.LOW) ? RiskLevel.LOW : worst;
    }

    private static ReasonCode commonReason(List<Reading> readings) {
        Map<ReasonCode, Integer> votes = new EnumMap<>(ReasonCode.class);
        readings.forEach(reading -> votes.merge(reading.reasonCode(), 1, Integer::sum));
        return votes.keySet().stream()
                .max(Comparator.comparing(CaseSentiment::namesAProblem)
                        .thenComparing(reason -> reason != ReasonCode.UNCLEAR)
                        .thenComparing(votes::get)
                        .thenComparing(Comparator.reverseOrder()))
                .orElse(ReasonCode.UNCLEAR);
    }

    private static boolean namesAProblem(ReasonCode reason) {
        return reason != ReasonCode.NOT_A_PROBLEM && reason != ReasonCode.UNCLEAR;
    }
}
