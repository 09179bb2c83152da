package io.opsiq.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Lines in a field of 100 by 100, its origin at the upper left; the labels stand beside it, so that they keep their size on any screen.
 *
 * @param unit what the numbers are
 * @param ticks labels of the horizontal lines, from the highest to the lowest
 * @param labels along the lower edge, evenly spread
 */
public record LinePlot(String unit, List<Tick> ticks, List<String> labels, List<Series> series) {

    private static final double FIELD = 100;
    private static final int MOST_LABELS = 6;

    /** A horizontal line. */
    public record Tick(String label, double y) {}

    /**
     * A line.
     *
     * @param path drawn; broken where a number is missing
     * @param place its number, for the colour
     */
    public record Series(String name, String path, int place) {}

    /** Numbers along the same labels; null where there is none. */
    record Numbers(String name, List<@Nullable Double> values) {}

    static LinePlot of(String unit, List<String> labels, List<Numbers> lines, Scale scale, Shown show) {
        List<Series> series = new ArrayList<>();
        for (Numbers line : lines) {
            series.add(new Series(line.name(), path(line.values(), scale), series.size() + 1));
        }
        List<Tick> ticks = scale.ticks().reversed().stream()
                .map(value -> new Tick(show.compact(value), FIELD - scale.place(value)))
                .toList();
        return new LinePlot(unit, ticks, spread(labels), series);
    }

    private static String path(List<@Nullable Double> values, Scale scale) {
        StringBuilder path = new StringBuilder();
        boolean drawing = false;
        for (int i = 0; i < values.size(); i++) {
            Double value = values.get(i);
            if (value != null) {
                double x = values.size() == 1 ? FIELD / 2 : FIELD * i / (values.size() - 1);
                path.append(
                        String.format(Locale.ROOT, "%s%.2f %.2f", drawing ? "L" : "M", x, FIELD - scale.place(value)));
                path.append(drawing ? "" : "h0"); // a number alone is a dot
            }
            drawing = value != null;
        }
        return path.toString();
    }

    private static List<String> spread(List<String> labels) {
        int last = labels.size() - 1;
        if (last < MOST_LABELS) {
            return labels;
        }
        List<String> some = new ArrayList<>();
        for (int i = 0; i < MOST_LABELS; i++) {
            some.add(labels.get((int) Math.round((double) last * i / (MOST_LABELS - 1))));
        }
        return some;
    }
}
