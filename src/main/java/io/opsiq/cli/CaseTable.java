package io.opsiq.cli;

import io.opsiq.books.Money;
import io.opsiq.cases.Case;
import io.opsiq.cases.CasePage;
import io.opsiq.cases.CaseQuery;
import io.opsiq.cases.Cases;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints cases as a ranked table whose columns are as wide as they must be. */
final class CaseTable {

    private static final List<String> HEADER =
            List.of("", "CASE", "SEVERITY", "CONFIDENCE", "IMPACT", "STATUS", "WHAT");
    private static final int WIDEST_TITLE = 100;
    private static final int PAGE = 1000;

    private final Console console;

    CaseTable(Console console) {
        this.console = console;
    }

    /** The first cases, and how many more there are. */
    void printFirst(CasePage page) {
        if (page.cases().isEmpty()) {
            console.print("No cases.");
            return;
        }
        print(page.cases(), 1);
        long more = page.count() - page.cases().size();
        if (more > 0) {
            console.print("… and %d more: `opsiq cases` lists all.", more);
        }
    }

    /** All cases, a thousand at a time: columns are as wide as these need, so that no more is held. */
    void printAll(Cases cases, CaseQuery query) {
        List<Case> held = new ArrayList<>();
        int[] printed = {0};
        cases.forEach(query, each -> {
            held.add(each);
            if (held.size() == PAGE) {
                printed[0] += print(held, printed[0] + 1);
                held.clear();
            }
        });
        printed[0] += print(held, printed[0] + 1);
        if (printed[0] == 0) {
            console.print("No cases.");
        }
    }

    private int print(List<Case> cases, int firstRank) {
        if (cases.isEmpty()) {
            return 0;
        }
        List<List<String>> rows = new ArrayList<>();
        if (firstRank == 1) {
            rows.add(HEADER);
        }
        int rank = firstRank;
        for (Case each : cases) {
            rows.add(row(rank++, each));
        }
        int[] widths = new int[HEADER.size() - 1];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        rows.forEach(row -> console.print(line(row, widths)));
        return cases.size();
    }

    private static List<String> row(int rank, Case each) {
        return List.of(
                Integer.toString(rank),
                each.caseId(),
                word(each.severity()),
                word(each.confidence()) + " " + each.confidenceScore().setScale(2, RoundingMode.HALF_UP),
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
