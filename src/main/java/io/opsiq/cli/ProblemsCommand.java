package io.opsiq.cli;

import io.opsiq.OpsIQ;
import io.opsiq.books.Money;
import io.opsiq.cases.ImpactSummary.Impact;
import io.opsiq.json.Json;
import io.opsiq.problems.SystemicProblem;
import java.math.BigDecimal;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.core.JsonGenerator;

/** Cases with one cause. */
@Command(
        name = "problems",
        description = "Lists the systemic problems: cases of one type with one cause, most expected money first.")
final class ProblemsCommand implements Runnable {

    private final Console console;

    @Mixin
    StateOption state = new StateOption();

    @Option(names = "--json", description = "Print the problems as JSON.")
    boolean json;

    ProblemsCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        OpsIQ opsiq = state.open();
        opsiq.investigations().recover();
        if (json) {
            printJson(opsiq);
        } else {
            print(opsiq);
        }
    }

    private void print(OpsIQ opsiq) {
        if (opsiq.problems().count() == 0) {
            console.print("No problems: no cases of one type share a cause.");
            return;
        }
        opsiq.problems().forEach(problem -> {
            console.print(
                    "%s  %s (%s)",
                    problem.problemId(),
                    problem.title(),
                    CaseTable.word(problem.status()).replace('_', ' '));
            console.print("  %s %s", money(problem), problem.cause().explanation());
            console.print("");
        });
        console.print("To answer all cases of one: opsiq feedback PROB-… VERDICT");
    }

    private static String money(SystemicProblem problem) {
        return problem.byCurrency().entrySet().stream()
                .map(ProblemsCommand::money)
                .collect(Collectors.joining(" ", "", "."));
    }

    private static String money(Map.Entry<String, Impact> each) {
        BigDecimal owed = each.getValue().owedToCustomers();
        BigDecimal lost = each.getValue().lost();
        String lostText = Money.shown(lost, each.getKey()) + " lost";
        String owedText = Money.shown(owed, each.getKey()) + " owed to customers";
        return owed.signum() == 0 ? lostText : lost.signum() == 0 ? owedText : lostText + ", " + owedText;
    }

    private void printJson(OpsIQ opsiq) {
        try (JsonGenerator out = Json.generator(console.outWriter())) {
            out.writeStartObject();
            out.writeArrayPropertyStart("problems");
            opsiq.problems().forEach(out::writePOJO);
            out.writeEndArray();
            out.writeNumberProperty("count", opsiq.problems().count());
            out.writeEndObject();
            out.writeRaw("\n");
        }
    }
}
