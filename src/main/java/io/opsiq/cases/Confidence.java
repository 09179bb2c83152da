package io.opsiq.cases;

import java.math.BigDecimal;

/** The band that a score is shown as; the cuts are fixed, so that a band means the same in every run. */
public enum Confidence {
    LOW,
    MEDIUM,
    HIGH;

    private static final BigDecimal MEDIUM_FROM = new BigDecimal("0.5");
    private static final BigDecimal HIGH_FROM = new BigDecimal("0.8");

    /** The lowest score of this band. */
    BigDecimal from() {
        return switch (this) {
            case LOW -> BigDecimal.ZERO;
            case MEDIUM -> MEDIUM_FROM;
            case HIGH -> HIGH_FROM;
        };
    }

    /** The band of a probability, 0..1. */
    public static Confidence of(BigDecimal score) {
        if (score.compareTo(HIGH_FROM) >= 0) {
            return HIGH;
        }
        return score.compareTo(MEDIUM_FROM) >= 0 ? MEDIUM : LOW;
    }
}
