package io.opsiq.web;

import io.opsiq.analyst.Chart;
import io.opsiq.web.BarPlot.Bar;
import io.opsiq.web.BarPlot.Group;
import io.opsiq.web.LinePlot.Numbers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The analyst's figure as what a page draws without a script. One of the plots is there.
 *
 * @param title what it shows
 */
public record Figure(
        String title, @Nullable LinePlot lines, @Nullable BarPlot bars) {

    private static final String TRANSPARENT_FIRST = "waterfall";
    private static final List<String> KINDS = List.of("total", "more", "less");

    private record Trace(String name, List<String> x, List<@Nullable Number> y) {

        @Nullable
        Number at(String label) {
            int place = x.indexOf(label);
            return place < 0 ? null : y.get(place);
        }
    }

    static @Nullable Figure of(@Nullable Chart chart, Shown show) {
        if (chart == null) {
            return null;
        }
        List<Trace> traces = chart.data().stream().map(Figure::trace).toList();
        String unit = title(chart.layout().get("yaxis"));
        String title = title(chart.layout());
        return switch (chart.type()) {
            case "line" -> new Figure(title, lines(traces, unit, show), null);
            case TRANSPARENT_FIRST -> new Figure(title, null, waterfall(traces, unit, show));
            default -> new Figure(title, null, bars(traces, unit, show));
        };
    }

    private static Trace trace(Map<String, Object> data) {
        return new Trace(
                String.valueOf(data.getOrDefault("name", "")),
                list(data.get("x")).stream().map(String::valueOf).toList(),
                list(data.get("y")).stream()
                        .<@Nullable Number>map(Figure::number)
                        .toList());
    }

    private static Collection<?> list(@Nullable Object value) {
        return value instanceof Collection<?> found ? found : List.of();
    }

    private static @Nullable Number number(@Nullable Object value) {
        return value instanceof Number number ? number : null;
    }

    private static @Nullable Double place(@Nullable Number number) {
        return number == null ? null : Double.valueOf(number.doubleValue());
    }

    private static String title(@Nullable Object part) {
        return part instanceof Map<?, ?> layout && layout.get("title") instanceof Map<?, ?> title
                ? String.valueOf(title.get("text"))
                : "";
    }

    private static LinePlot lines(List<Trace> traces, String unit, Shown show) {
        List<String> labels = List.copyOf(new TreeSet<>(
                traces.stream().flatMap(trace -> trace.x().stream()).toList()));
        List<Numbers> numbers = traces.stream()
                .map(trace -> new Numbers(
                        trace.name(),
                        labels.stream()
                                .<@Nullable Double>map(label -> place(trace.at(label)))
                                .toList()))
                .toList();
        return LinePlot.of(unit, show.days(labels), numbers, scale(traces), show);
    }

    private static BarPlot bars(List<Trace> traces, String unit, Shown show) {
        Scale scale = scale(traces);
        List<String> labels =
                traces.stream().flatMap(trace -> trace.x().stream()).distinct().toList();
        List<Group> groups = labels.stream()
                .map(label -> new Group(label, bars(traces, label, scale, show)))
                .toList();
        List<String> legend =
                traces.size() < 2 ? List.of() : traces.stream().map(Trace::name).toList();
        return new BarPlot(unit, legend, groups, scale.place(0));
    }

    private static List<Bar> bars(List<Trace> traces, String label, Scale scale, Shown show) {
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < traces.size(); i++) {
            Number value = traces.get(i).at(label);
            if (value != null) {
                bars.add(bar(0, value.doubleValue(), Integer.toString(i + 1), scale, show.figure(value)));
            }
        }
        return bars;
    }

    private static Bar bar(double from, double to, String kind, Scale scale, String shown) {
        double left = scale.place(Math.min(from, to));
        return new Bar(left, scale.place(Math.max(from, to)) - left, kind, shown);
    }

    /** The first trace says where a bar begins, the others how long it is and of which kind. */
    private static BarPlot waterfall(List<Trace> traces, String unit, Shown show) {
        Trace base = traces.getFirst();
        List<Trace> kinds = traces.subList(1, traces.size());
        List<Double> ends = IntStream.range(0, base.x().size())
                .boxed()
                .flatMap(i -> kinds.stream()
                        .map(kind -> kind.y().get(i))
                        .filter(Objects::nonNull)
                        .flatMap(size -> Stream.of(start(base, i), start(base, i) + size.doubleValue())))
                .toList();
        Scale scale = Scale.of(ends);
        List<Group> groups = IntStream.range(0, base.x().size())
                .mapToObj(i -> new Group(base.x().get(i), steps(base, kinds, i, scale, show)))
                .toList();
        return new BarPlot(unit, List.of(), groups, scale.place(0));
    }

    private static List<Bar> steps(Trace base, List<Trace> kinds, int i, Scale scale, Shown show) {
        List<Bar> bars = new ArrayList<>();
        for (int k = 0; k < kinds.size(); k++) {
            Number size = kinds.get(k).y().get(i);
            if (size != null) {
                String sign = KINDS.get(k).equals("less") ? "−" : KINDS.get(k).equals("more") ? "+" : "";
                bars.add(bar(
                        start(base, i),
                        start(base, i) + size.doubleValue(),
                        KINDS.get(k),
                        scale,
                        sign + show.figure(size)));
            }
        }
        return bars;
    }

    private static double start(Trace base, int i) {
        Number start = base.y().get(i);
        return start == null ? 0 : start.doubleValue();
    }

    private static Scale scale(List<Trace> traces) {
        return Scale.of(traces.stream()
                .flatMap(trace -> trace.y().stream())
                .filter(Objects::nonNull)
                .map(Number::doubleValue)
                .toList());
    }
}
