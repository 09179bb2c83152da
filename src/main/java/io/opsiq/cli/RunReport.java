package io.opsiq.cli;

import io.opsiq.OpsIQ;
import io.opsiq.books.Money;
import io.opsiq.cases.CaseQuery;
import io.opsiq.cases.ImpactSummary;
import io.opsiq.investigation.Investigations;
import io.opsiq.investigation.RunDocument;
import io.opsiq.investigation.RunQueue;
import io.opsiq.investigation.RunRequest;
import io.opsiq.investigation.RunResult;
import io.opsiq.investigation.RunTicket;
import io.opsiq.investigation.RunView;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Runs an investigation and prints what came of it. */
final class RunReport {

    private static final int SHOWN = 20;
    private static final int MOST_REMARKS = 5;

    private final Console console;
    private final OpsIQ opsiq;

    RunReport(Console console, OpsIQ opsiq) {
        this.console = console;
        this.opsiq = opsiq;
    }

    void run(RunRequest request, boolean json) {
        Investigations investigations = opsiq.investigations();
        Interrupts.onInterrupt(investigations::cancel);
        RunResult result;
        try (ProgressLine line = new ProgressLine(console, investigations::percent)) {
            result = investigations.run(request, line);
        }
        if (json) {
            new RunDocument(result, opsiq.runParts()).write(console.outWriter());
        } else {
            print(request, result);
        }
    }

    /** Likewise, through a server's queue; a run that fails is no reason to stop serving. */
    void run(RunQueue queue, RunRequest request) throws InterruptedException {
        RunView run = queue.await(queue.submit(RunTicket.Kind.RUN, request, null));
        RunResult result = run.result();
        if (result == null) {
            console.tell("opsiq: the run " + run.runId() + " did not complete: " + run.reason());
        } else {
            print(request, result);
            console.flush();
        }
    }

    private void print(RunRequest request, RunResult result) {
        console.print(
                "%s on %s, as of %s",
                result.runId(), request.data(), result.clock() == null ? "no known day" : result.clock());
        if (result.signal() != null) {
            console.print(
                    "Signal %s: %s (%s) from %s about %s",
                    result.signal().signalId(),
                    result.signal().signalType(),
                    result.signal().severity(),
                    result.signal().source(),
                    result.signal().relatedEntity());
        }
        console.print("");
        CaseTable table = new CaseTable(console);
        table.printFirst(opsiq.cases().list(CaseQuery.ofRun(result.runId()).page(SHOWN, null)));
        console.print("");
        console.print(money(result.summary()));
        changes(result);
        actions(result);
        result.skipped().forEach(skip -> console.print("Not checked: %s, because %s.", skip.detector(), skip.reason()));
        result.setAside()
                .forEach((name, rows) -> console.print(
                        "Set aside: %d bad row%s of %s; `opsiq check` lists them.", rows, rows == 1 ? "" : "s", name));
        result.remarks().stream().limit(MOST_REMARKS).forEach(remark -> console.print("Note: " + remark));
        if (result.remarks().size() > MOST_REMARKS) {
            console.print(
                    "… and %d more notes: `opsiq check` lists them.",
                    result.remarks().size() - MOST_REMARKS);
        }
    }

    /** What this run sees otherwise than the one before it. */
    private void changes(RunResult result) {
        String previous = result.previousRunId();
        if (previous != null) {
            opsiq.cases().changes(previous, result.runId()).stream()
                    .limit(SHOWN)
                    .forEach(change -> console.print(
                            "Changed: %s, confidence %s (%s) → %s (%s), estimated %s → %s",
                            change.caseId(),
                            CaseTable.word(change.before().confidence()),
                            change.before()
                                    .confidenceScore()
                                    .stripTrailingZeros()
                                    .toPlainString(),
                            CaseTable.word(change.after().confidence()),
                            change.after()
                                    .confidenceScore()
                                    .stripTrailingZeros()
                                    .toPlainString(),
                            Money.shown(change.before().estimatedImpact(), change.currency()),
                            Money.shown(change.after().estimatedImpact(), change.currency())));
        }
    }

    private void actions(RunResult result) {
        int proposed = result.trace().actionsCreated();
        if (proposed > 0) {
            console.print("%d action%s proposed: `opsiq actions` lists them.", proposed, proposed == 1 ? "" : "s");
        }
    }

    private static String money(ImpactSummary summary) {
        List<String> parts = new ArrayList<>();
        summary.byCurrency().forEach((currency, impact) -> {
            parts.add("lost " + Money.shown(impact.lost(), currency));
            if (impact.owedToCustomers().signum() > 0) {
                parts.add("owed to customers " + Money.shown(impact.owedToCustomers(), currency));
            }
        });
        BigDecimal net = summary.netImpact();
        String base = summary.currency();
        if (summary.byCurrency().size() > 1 && net != null && base != null) {
            parts.add("net " + Money.shown(net, base) + " at the rates in the books");
        }
        String cases = summary.caseCount() == 1 ? "1 case" : summary.caseCount() + " cases";
        return cases + (parts.isEmpty() ? "." : ": " + String.join(", ", parts) + ".");
    }
}
