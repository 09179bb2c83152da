package io.opsiq.analyst;

import io.opsiq.books.TableReport;
import io.opsiq.engine.Queries;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the books leave open about a number. */
final class Completeness {

    private static final String SET_ASIDE = " could not be read and are not counted; `opsiq check` lists them.";
    private static final String UNREADABLE = " could not be read: what they hold is not counted.";
    private static final String UNEXPECTED =
            "Some invoices have no expected amount in the books and are not judged here; the cases of underbilling are.";

    private final Ground ground;
    private final Queries books;

    Completeness(Ground ground, Queries books) {
        this.ground = ground;
        this.books = books;
    }

    /** Sentences, without numbers: those are not in the result. */
    List<String> gaps(QueryPlan plan) {
        Set<String> gaps = new LinkedHashSet<>();
        for (Metric part : ground.model().parts(plan)) {
            ground.facts()
                    .table(ground.model().dataset(part.dataset()).source())
                    .ifPresent(report -> gaps.addAll(of(report)));
            if ("gap".equals(part.value()) && isUnexpected()) {
                gaps.add(UNEXPECTED);
            }
        }
        return List.copyOf(gaps);
    }

    private static List<String> of(TableReport report) {
        List<String> gaps = new ArrayList<>();
        if (report.badRows() > 0) {
            gaps.add("Some rows of " + report.name() + SET_ASIDE);
        }
        if (!report.unreadableFiles().isEmpty()) {
            gaps.add("Files of " + report.name() + UNREADABLE);
        }
        return gaps;
    }

    private boolean isUnexpected() {
        return books.list(
                                "select 1 from invoices where expected_amount is null and coalesce(status, '') <> 'void' limit 1",
                                row -> row.getInt(1))
                        .size()
                > 0;
    }

    static boolean isSaidOfBooks(String sentence) {
        return sentence.endsWith(SET_ASIDE)
                || sentence.equals(UNEXPECTED)
                || sentence.endsWith(UNREADABLE)
                || sentence.contains("” is read as ");
    }
}
