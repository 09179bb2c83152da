package io.opsiq.cli;

import io.opsiq.analyst.Answer;
import io.opsiq.analyst.Answer.Confidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Prints an answer: its sentences, a table that fits a screen, how sure it is, what to ask next. */
final class AnswerReport {

    private static final int MOST_ROWS = 15;
    private static final int WIDEST = 40;

    private final Console console;

    AnswerReport(Console console) {
        this.console = console;
    }

    void print(Answer answer) {
        console.print(answer.answer());
        if (!answer.rows().isEmpty()) {
            console.print("");
            table(answer);
        }
        console.print("");
        if (answer.confidence() != Confidence.LOW) {
            console.print(
                    "Confidence %s. Go on from it with --context %s",
                    answer.confidence().name().toLowerCase(Locale.ROOT), answer.answerId());
        }
        answer.followUps().forEach(next -> console.print("  opsiq ask \"%s\"", next));
    }

    private void table(Answer answer) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(answer.columns());
        for (List<@Nullable Object> row :
                answer.rows().subList(0, Math.min(MOST_ROWS, answer.rows().size()))) {
            lines.add(cells(row));
        }
        int[] widths = new int[answer.columns().size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        boolean[] right = new boolean[widths.length];
        for (int i = 0; i < widths.length; i++) {
            right[i] = isNumbers(answer, i);
        }
        lines.forEach(line -> console.print(laidOut(line, widths, right)));
        int more = answer.rows().size() - MOST_ROWS;
        if (more > 0) {
            console.print("… and %d more rows: --json has all.", more);
        }
    }

    private static List<String> cells(List<@Nullable Object> row) {
        return row.stream().map(AnswerReport::cell).toList();
    }

    private static String cell(@Nullable Object value) {
        String text = Objects.toString(value, "").replaceAll("\\s+", " ");
        return text.length() <= WIDEST ? text : text.substring(0, WIDEST - 1) + "…";
    }

    private static boolean isNumbers(Answer answer, int column) {
        return answer.rows().stream()
                .map(row -> row.get(column))
                .filter(Objects::nonNull)
                .allMatch(Number.class::isInstance);
    }

    private static String laidOut(List<String> line, int[] widths, boolean[] right) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String format = (right[i] ? "%" : "%-") + Math.max(1, widths[i]) + "s  ";
            text.append(String.format(Locale.ROOT, format, line.get(i)));
        }
        return text.toString().stripTrailing();
    }
}
