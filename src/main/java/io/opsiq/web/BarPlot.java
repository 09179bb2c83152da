package io.opsiq.web;

import java.util.List;

/**
 * Bars that lie, a group below the other: their labels may be long and keep their size on any screen.
 *
 * @param unit what the numbers are
 * @param zero where zero is, in per cent of the width
 */
public record BarPlot(String unit, List<String> legend, List<Group> groups, double zero) {

    /** The bars of one label. */
    public record Group(String label, List<Bar> bars) {}

    /**
     * A bar.
     *
     * @param from where it begins, in per cent of the width
     * @param kind its colour: a number, or total, more, less
     * @param shown its number
     */
    public record Bar(double from, double width, String kind, String shown) {}
}
