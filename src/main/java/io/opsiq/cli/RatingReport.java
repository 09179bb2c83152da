package io.opsiq.cli;

import io.opsiq.books.Money;
import io.opsiq.books.RatedInvoice;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was due on an invoice, line by line, for people to read. */
final class RatingReport {

    private RatingReport() {}

    static List<String> lines(RatedInvoice invoice) {
        List<String> lines = new ArrayList<>();
        lines.add("Invoice %s of customer %s for %s to %s"
                .formatted(invoice.invoiceId(), invoice.customerId(), invoice.periodFrom(), invoice.periodTo()));
        if (invoice.subscriptionId() != null) {
            lines.add("Judged by subscription %s on plan %s".formatted(invoice.subscriptionId(), invoice.planTier()));
        }
        if (invoice.unrated() != null) {
            lines.add("It is not re-rated: " + invoice.unrated() + ".");
        }
        lines.add("");
        invoice.lines().forEach(line -> lines.add(amount(line.amount(), invoice, line.step(), line.what())));
        lines.add(amount(invoice.ratedAmount(), invoice, "re-rated", ""));
        lines.add(amount(invoice.expectedAmount(), invoice, "expected", "as the books say"));
        lines.add(amount(invoice.due(), invoice, "due", ""));
        lines.add(amount(invoice.billedAmount(), invoice, "billed", ""));
        BigDecimal difference = invoice.difference();
        if (difference != null && difference.signum() != 0) {
            lines.add(amount(
                    difference.abs(), invoice, difference.signum() > 0 ? "missing" : "too much", "due less billed"));
        }
        return lines;
    }

    private static String amount(@Nullable BigDecimal amount, RatedInvoice invoice, String step, String what) {
        return "%20s  %-9s %s"
                .formatted(amount == null ? "unknown" : Money.shown(amount, invoice.currency()), step, what)
                .stripTrailing();
    }
}
