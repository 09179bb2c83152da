package io.opsiq.learning;

import io.opsiq.detectors.Detector;
import io.opsiq.detectors.Pack;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A key that memory always has. */
sealed interface MemoryKey {

    Value EXPLANATION_STYLE = new Value("explanation_style", "detailed");
    Value FALSE_POSITIVE_PENALTY = new Value("false_positive_penalty", new BigDecimal("0.0"));

    /** All of them, in the order in which they are shown. */
    List<MemoryKey> ALL = List.of(
            new Limit("duplicate_refund_window_hours", "duplicate_refund", "unlinked_window_hours", false, 0),
            new Limit("underbilling_threshold", "underbilling", "min_gap", true, 1),
            new Limit("refund_spike_multiplier", "refund_spike", "multiplier", true, 1),
            new Limit("manual_credit_threshold", "manual_credit", "min_amount", true, 1),
            EXPLANATION_STYLE,
            FALSE_POSITIVE_PENALTY);

    String key();

    /** The value before anything was learned. */
    Object standard(Pack pack);

    /** The keys of detectors' limits. */
    static Stream<Limit> limits() {
        return ALL.stream().filter(Limit.class::isInstance).map(Limit.class::cast);
    }

    /** The limit that findings of this type have a key for. */
    static Optional<Limit> limitOf(String anomalyType) {
        return limits().filter(limit -> limit.detector().equals(anomalyType)).findFirst();
    }

    /** Whether this is the key of a detector's limit. */
    static boolean isLimit(String key) {
        return limits().anyMatch(limit -> limit.key().equals(key));
    }

    /** A value of memory's own. */
    record Value(String key, Object standard) implements MemoryKey {

        @Override
        public Object standard(Pack pack) {
            return standard;
        }
    }

    /**
     * A view of a detector's own parameter.
     *
     * @param loosensUpwards whether a higher limit finds less
     * @param digits fraction digits that are always shown: 2, 10.0, 200.0
     */
    record Limit(String key, String detector, String parameter, boolean loosensUpwards, int digits)
            implements MemoryKey {

        @Override
        public Object standard(Pack pack) {
            return shown(parameter(pack).orElseThrow().value());
        }

        Optional<Detector.Param> parameter(Pack pack) {
            return pack.detector(detector).map(found -> found.params().get(parameter));
        }

        /** The limit one step looser, inside its bounds. */
        BigDecimal looser(Detector.Param limit, BigDecimal now) {
            return loosensUpwards
                    ? now.add(limit.step()).min(limit.max())
                    : now.subtract(limit.step()).max(limit.min());
        }

        boolean isLooser(BigDecimal one, BigDecimal other) {
            return loosensUpwards ? one.compareTo(other) > 0 : one.compareTo(other) < 0;
        }

        BigDecimal shown(BigDecimal limit) {
            BigDecimal plain = limit.stripTrailingZeros();
            return plain.setScale(Math.max(digits, plain.scale()));
        }
    }
}
