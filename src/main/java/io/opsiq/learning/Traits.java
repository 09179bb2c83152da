package io.opsiq.learning;

import io.opsiq.cases.Standing;
import io.opsiq.detectors.Detector;
import io.opsiq.detectors.Finding;
import io.opsiq.detectors.Pack;
import io.opsiq.evaluation.Fact;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Makes facts of what other parts know. */
final class Traits {

    private static final int LONGEST = 120;
    private static final double UNKNOWN_PRIOR = 0.8;
    private static final BigDecimal UNITS = new BigDecimal(10_000);

    private Traits() {}

    static Fact of(Finding finding) {
        BigDecimal rate = finding.baseRate();
        BigDecimal money = rate == null ? finding.amount() : finding.amount().multiply(rate);
        return new Fact(
                "",
                "",
                finding.detector().id(),
                finding.detector().prior().doubleValue(),
                of(finding.features()),
                money.multiply(UNITS).setScale(0, RoundingMode.HALF_UP).longValue());
    }

    static Fact of(Standing standing, Pack pack) {
        return new Fact(
                standing.caseId(),
                standing.title(),
                standing.anomalyType(),
                prior(pack, standing.anomalyType()),
                of(standing.features()),
                standing.money());
    }

    static double prior(Pack pack, String type) {
        return pack.detector(type)
                .map(Detector::prior)
                .map(BigDecimal::doubleValue)
                .orElse(UNKNOWN_PRIOR);
    }

    /** {@code name=value}, in small letters, sorted. */
    static List<String> of(Map<String, Object> features) {
        return features.entrySet().stream()
                .flatMap(each -> values(each.getValue()).map(value -> each.getKey() + "=" + plain(value)))
                .filter(trait -> !trait.endsWith("="))
                .distinct()
                .sorted()
                .toList();
    }

    private static Stream<?> values(Object value) {
        return value instanceof Collection<?> several ? several.stream() : Stream.of(value);
    }

    private static String plain(Object value) {
        String text = value.toString().strip().toLowerCase(Locale.ROOT);
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }
}
