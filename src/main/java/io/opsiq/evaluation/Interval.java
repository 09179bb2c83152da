package io.opsiq.evaluation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * A share as counted, with the interval that holds the true one in 95 of 100 such counts (Wilson's, which stays inside 0..1 and
 * is honest about few).
 *
 * @param value null of nothing
 */
public record Interval(
        @Nullable BigDecimal value,
        @Nullable BigDecimal low,
        @Nullable BigDecimal high,
        long of) {

    private static final double Z = 1.959964;

    public static Interval of(long part, long whole) {
        if (whole == 0) {
            return new Interval(null, null, null, 0);
        }
        double share = (double) part / whole;
        double shrink = 1 + Z * Z / whole;
        double middle = (share + Z * Z / (2 * whole)) / shrink;
        double reach = Z / shrink * Math.sqrt(share * (1 - share) / whole + Z * Z / (4.0 * whole * whole));
        return new Interval(
                rounded(share), rounded(Math.max(0, middle - reach)), rounded(Math.min(1, middle + reach)), whole);
    }

    private static BigDecimal rounded(double share) {
        return BigDecimal.valueOf(share).setScale(4, RoundingMode.HALF_UP);
    }
}
