package io.opsiq.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsiq.analyst.Chart;
import io.opsiq.detectors.Pack;
import io.opsiq.web.BarPlot.Bar;
import io.opsiq.web.BarPlot.Group;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FigureTest {

    private static final Shown SHOW = new Shown(Locale.ENGLISH, Pack::shipped);

    @Test
    void a_line_is_broken_where_a_number_is_missing_and_a_number_alone_is_a_dot() {
        LinePlot plot = lines(List.of(trace("", List.of("2026-01-01", "2026-02-01", "2026-03-01"), 100, null, 50)));

        assertThat(plot.series().getFirst().path()).isEqualTo("M0.00 0.00h0M100.00 50.00h0");
        assertThat(plot.labels()).containsExactly("Jan 2026", "Feb 2026", "Mar 2026");
        assertThat(plot.ticks()).extracting(LinePlot.Tick::label).containsExactly("100", "75", "50", "25", "0");
    }

    @Test
    void lines_with_other_days_share_one_axis() {
        LinePlot plot = lines(List.of(
                trace("a", List.of("2026-01-05", "2026-01-12"), 1, 2),
                trace("b", List.of("2026-01-12", "2026-01-19"), 3, 4)));

        assertThat(plot.labels()).containsExactly("Jan 5", "Jan 12", "Jan 19");
        assertThat(plot.series().get(1).path()).startsWith("M50.00");
    }

    @Test
    void bars_below_zero_hang_to_the_left_of_it() {
        BarPlot plot = bars(
                "bar",
                List.of(trace("revenue", List.of("up", "down"), new BigDecimal("30.00"), new BigDecimal("-10.00"))));

        assertThat(plot.zero()).isEqualTo(25);
        assertThat(plot.groups())
                .extracting(Group::bars)
                .containsExactly(List.of(new Bar(25, 75, "1", "30.00")), List.of(new Bar(0, 25, "1", "-10.00")));
        assertThat(plot.legend()).isEmpty();
    }

    @Test
    void the_steps_of_a_waterfall_hang_where_the_one_before_ended() {
        List<String> at = List.of("before", "EMEA", "now");
        BarPlot plot = bars(
                "waterfall",
                List.of(
                        trace("", at, 0, 60, 0),
                        trace("total", at, 100, null, 60),
                        trace("more", at, null, null, null),
                        trace("less", at, null, 40, null)));

        assertThat(plot.groups())
                .containsExactly(
                        new Group("before", List.of(new Bar(0, 100, "total", "100"))),
                        new Group("EMEA", List.of(new Bar(60, 40, "less", "−40"))),
                        new Group("now", List.of(new Bar(0, 60, "total", "60"))));
    }

    @Test
    void an_axis_tells_its_small_and_its_large_numbers_apart() {
        List<String> at = List.of("2026-01-01", "2026-02-01");

        assertThat(lines(List.of(trace("rate", at, 0.05, 0.73))).ticks())
                .extracting(LinePlot.Tick::label)
                .containsExactly("0.8", "0.6", "0.4", "0.2", "0");
        assertThat(lines(List.of(trace("money", at, 1_000, 4_000))).ticks())
                .extracting(LinePlot.Tick::label)
                .containsExactly("4K", "3K", "2K", "1K", "0");
    }

    @Test
    void numbers_that_are_all_zero_have_a_scale_too() {
        Scale scale = Scale.of(List.of(0.0, 0.0));

        assertThat(scale.place(0)).isZero();
        assertThat(scale.ticks()).containsExactly(0.0, 1.0);
    }

    private static LinePlot lines(List<Map<String, Object>> traces) {
        return Objects.requireNonNull(figure("line", traces).lines());
    }

    private static BarPlot bars(String kind, List<Map<String, Object>> traces) {
        return Objects.requireNonNull(figure(kind, traces).bars());
    }

    private static Figure figure(String kind, List<Map<String, Object>> traces) {
        Map<String, Object> layout =
                Map.of("title", Map.of("text", "t"), "yaxis", Map.of("title", Map.of("text", "u")));
        return Objects.requireNonNull(Figure.of(new Chart(kind, traces, layout), SHOW));
    }

    private static Map<String, Object> trace(String name, List<String> x, @Nullable Number... y) {
        return Map.of("name", name, "x", x, "y", Arrays.asList(y));
    }
}
