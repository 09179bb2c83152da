package io.opsiq.cli;

import io.opsiq.OpsIQ;
import io.opsiq.books.Money;
import io.opsiq.cases.Case;
import io.opsiq.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One case, whole. */
@Command(name = "case", description = "Shows one case: evidence, proof, what to do, what happened to it.")
final class CaseCommand implements Runnable {

    private final Console console;

    @Mixin
    StateOption state = new StateOption();

    @Parameters(paramLabel = "ID", description = "The case's id, such as CASE-7B2K….")
    String id = "";

    @Option(names = "--json", description = "Print the case as JSON.")
    boolean json;

    CaseCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        OpsIQ opsiq = state.open();
        opsiq.investigations().recover();
        Case found = opsiq.cases()
                .find(id)
                .orElseThrow(() -> new CommandFailure("There is no case " + id + ". Maybe look among: opsiq cases"));
        if (json) {
            console.outWriter().println(Json.pretty(found));
        } else {
            print(opsiq, found);
        }
    }

    private void print(OpsIQ opsiq, Case found) {
        printFacts(found);
        printProof(found);
        printRating(opsiq, found);
        console.print("");
        opsiq.cases()
                .events(found.caseId())
                .forEach(event -> console.print(
                        "%s  %s: %s%s",
                        event.createdAt(),
                        event.kind(),
                        event.detail(),
                        event.runId() == null ? "" : " (" + event.runId() + ")"));
    }

    private void printFacts(Case found) {
        console.print("%s  %s", found.caseId(), found.title());
        console.print(
                "%s · severity %s · confidence %s (%s) · %s",
                found.anomalyType(),
                CaseTable.word(found.severity()),
                CaseTable.word(found.confidence()),
                found.confidenceScore(),
                found.status().word() + (found.statusReason() == null ? "" : ": " + found.statusReason()));
        found.confidenceReasons().forEach(console::print);
        console.print(
                "Impact %s (%s%s), estimated %s",
                Money.shown(found.grossImpact(), found.currency()),
                CaseTable.word(found.moneyKind()).replace('_', ' '),
                found.inTotals() ? "" : ", not added to totals",
                Money.shown(found.estimatedImpact(), found.currency()));
        found.affectedEntities().forEach((name, value) -> console.print("  %s: %s", name, value));
    }

    /** Of cases about an invoice, what was due on it. */
    private void printRating(OpsIQ opsiq, Case found) {
        if (found.affectedEntities().get("invoice_id") instanceof String invoice) {
            opsiq.rate(invoice).ifPresent(rated -> {
                console.print("");
                RatingReport.lines(rated).forEach(line -> console.print("%s", line));
            });
        }
    }

    private void printProof(Case found) {
        console.print("");
        found.evidence().forEach(sentence -> console.print("- " + sentence));
        console.print("");
        console.print("What to do: %s", found.recommendedAction());
        console.print(
                "Its texts: reason %s, polarity %s, risk %s",
                found.sentimentScore().reasonCode().code(),
                found.sentimentScore().overallPolarity(),
                found.sentimentScore().overallRiskLevel().code());
        console.print("");
        console.print("To check it on the books:");
        found.evidenceSql().lines().forEach(line -> console.print("  " + line));
    }
}
