package io.opsiq.cli;

import io.opsiq.OpsIQ;
import io.opsiq.books.Money;
import io.opsiq.books.RatedInvoice;
import io.opsiq.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What an invoice should have been, line by line. */
@Command(name = "rate", description = "Shows what was due on an invoice of the last run's books, line by line.")
final class RateCommand implements Runnable {

    private final Console console;

    @Mixin
    StateOption state = new StateOption();

    @Parameters(paramLabel = "INVOICE_ID", description = "The invoice's id, as the books have it.")
    String id = "";

    @Option(names = "--json", description = "Print the rating as JSON.")
    boolean json;

    RateCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        OpsIQ opsiq = state.open();
        if (opsiq.investigations().latest().isEmpty()) {
            throw new CommandFailure("There are no books to rate from. Maybe begin with: opsiq run --data DIR");
        }
        RatedInvoice invoice = opsiq.investigations()
                .rate(id, console::progress)
                .orElseThrow(() -> new CommandFailure("The books of the last run have no invoice " + id
                        + " that counts. Maybe it is void, or its row was set aside: opsiq check --data DIR"));
        console.clearProgress();
        if (json) {
            console.outWriter().println(Json.pretty(invoice));
        } else {
            lines(invoice).forEach(line -> console.print("%s", line));
        }
    }

    private static List<String> lines(RatedInvoice invoice) {
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
