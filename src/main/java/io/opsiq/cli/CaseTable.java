package io.opsiq.cli;

import io.opsiq.cases.Case;
import io.opsiq.cases.CasePage;
import io.opsiq.detectors.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints cases as a ranked table whose columns are as wide as they must be. */
final class CaseTable {

    private static final List<String> HEADER =
            List.of("", "CASE", "SEVERITY", "CONFIDENCE", "IMPACT", "STATUS", "WHAT");
    private static final int WIDEST_TITLE = 100;

    private final Console console;

    CaseTable(Console console) {
        this.console = console;
    }

    void print(CasePage page) {
        if (page.cases().isEmpty()) {
            console.print("No cases.");
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADER);
        for (Case each : page.cases()) {
            rows.add(row(rows.size(), each));
        }
        int[] widths = new int[HEADER.size() - 1];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        rows.forEach(row -> console.print(line(row, widths)));
        long more = page.count() - page.cases().size();
        if (more > 0) {
            console.print("… and %d more: `opsiq cases` lists all.", more);
        }
    }

    private static List<String> row(int rank, Case each) {
        return List.of(
                Integer.toString(rank),
                each.caseId(),
                word(each.severity()),
                word(each.confidence()) + " " + each.confidenceScore().setScale(2, java.math.RoundingMode.HALF_UP),
                Money.shown(each.grossImpact(), each.currency()),
                each.status().word(),
                shortened(each.title()));
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String shortened(String title) {
        String line = title.replaceAll("\\s+", " ");
        return line.length() <= WIDEST_TITLE ? line : line.substring(0, WIDEST_TITLE - 1) + "…";
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            boolean right = i == 0 || i == 4;
            line.append(String.format(
                    Locale.ROOT, right ? "%" + Math.max(1, widths[i]) + "s  " : "%-" + widths[i] + "s  ", row.get(i)));
        }
        return line.append(row.getLast()).toString();
    }
}
