package io.opsiq.cli;

import io.opsiq.OpsIQ;
import io.opsiq.books.RatedInvoice;
import io.opsiq.json.Json;
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
        console.progress("rating");
        RatedInvoice invoice = opsiq.rate(id)
                .orElseThrow(() -> new CommandFailure("The books of the last run have no invoice " + id
                        + " that counts. Maybe it is void, or its row was set aside: opsiq check --data DIR"));
        console.clearProgress();
        if (json) {
            console.outWriter().println(Json.pretty(invoice));
        } else {
            RatingReport.lines(invoice).forEach(line -> console.print("%s", line));
        }
    }
}
