package io.opsiq.web;

import java.util.Collection;
import java.util.List;
import java.util.stream.LongStream;

/** From numbers to places between 0 and 100, with zero among the numbers and round numbers for ticks. */
record Scale(double lowest, double highest, double step) {

    private static final double WHOLE = 100;
    private static final int STEPS = 4;

    static Scale of(Collection<Double> values) {
        double least = Math.min(
                0, values.stream().mapToDouble(Double::doubleValue).min().orElse(0));
        double most = Math.max(
                0, values.stream().mapToDouble(Double::doubleValue).max().orElse(0));
        double step = round(most > least ? (most - least) / STEPS : 1);
        return new Scale(Math.floor(least / step) * step, Math.max(step, Math.ceil(most / step) * step), step);
    }

    /** 1, 2, 2.5 or 5 times a power of ten, not less than this. */
    private static double round(double rough) {
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        for (double factor : List.of(1.0, 2.0, 2.5, 5.0)) {
            if (rough <= factor * power * 1.000001) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    double place(double value) {
        return WHOLE * (value - lowest) / (highest - lowest);
    }

    List<Double> ticks() {
        return LongStream.rangeClosed(0, Math.round((highest - lowest) / step))
                .mapToObj(i -> lowest + i * step)
                .toList();
    }
}
