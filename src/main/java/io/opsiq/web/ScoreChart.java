package io.opsiq.web;

import io.opsiq.evaluation.Evaluation;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The three scores over time, as lines in a field of {@value #WIDTH} by {@value #HEIGHT}. */
public record ScoreChart(List<Line> lines) {

    public static final int WIDTH = 600;
    public static final int HEIGHT = 160;

    private static final int HIGHEST = 5;

    /** A score's way. */
    public record Line(String name, String points, int last) {}

    /** From the oldest to the newest; null for fewer than two, which make no line. */
    static @Nullable ScoreChart of(List<Evaluation> evaluations) {
        return evaluations.size() < 2
                ? null
                : new ScoreChart(List.of(
                        line("actionability", evaluations, Evaluation::actionability),
                        line("correctness", evaluations, Evaluation::correctness),
                        line("specificity", evaluations, Evaluation::specificity)));
    }

    private static Line line(String name, List<Evaluation> evaluations, ToIntFunction<Evaluation> score) {
        double step = (double) WIDTH / (evaluations.size() - 1);
        String points = IntStream.range(0, evaluations.size())
                .mapToObj(
                        i -> String.format(Locale.ROOT, "%.1f,%.1f", i * step, y(score.applyAsInt(evaluations.get(i)))))
                .collect(Collectors.joining(" "));
        return new Line(name, points, score.applyAsInt(evaluations.getLast()));
    }

    /** 5 is at the top, 1 at the bottom. */
    private static double y(int score) {
        return (double) HEIGHT * (HIGHEST - score) / (HIGHEST - 1);
    }
}
