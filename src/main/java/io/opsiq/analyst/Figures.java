package io.opsiq.analyst;

import io.opsiq.books.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How numbers of a result are written in a sentence. */
final class Figures {

    private static final BigDecimal HUNDRED = new BigDecimal(100);

    private Figures() {}

    /** With its unit; {@code currency} is only looked at where the metric is money. */
    static String shown(Metric metric, @Nullable BigDecimal value, String currency) {
        if (value == null) {
            return "not defined, since there is nothing to divide by";
        }
        return switch (metric.unit()) {
            case MONEY -> Money.shown(value, currency);
            case COUNT -> number(value, 0);
            case SHARE -> percent(value.multiply(HUNDRED), 2);
            case UNITS -> number(value, Math.clamp(value.stripTrailingZeros().scale(), 0, 2)) + " units";
        };
    }

    /** Without its sign, for "by USD 5.00". */
    static String size(Metric metric, BigDecimal change, String currency) {
        return metric.unit() == Metric.Unit.SHARE
                ? number(change.abs().multiply(HUNDRED), 2) + " percentage points"
                : shown(metric, change.abs(), currency);
    }

    /** With its sign, for what adds up. */
    static String signed(Metric metric, BigDecimal change, String currency) {
        return (change.signum() < 0 ? "-" : "+") + size(metric, change, currency);
    }

    static String percent(BigDecimal percent, int digits) {
        return number(percent, digits) + " %";
    }

    static String number(BigDecimal value, int digits) {
        return String.format(Locale.ROOT, "%,." + digits + "f", value.setScale(digits, RoundingMode.HALF_UP));
    }
}
