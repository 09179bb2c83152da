package io.opsiq.cli;

import io.opsiq.OpsIQ;
import io.opsiq.engine.Engine;
import io.opsiq.evaluation.Marking;
import io.opsiq.evaluation.Marks;
import io.opsiq.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How the last run did on books whose truth is known. */
@Command(
        name = "score",
        description = "Holds the cases of the last run against the truth about its books: precision, recall and money.")
final class ScoreCommand implements Runnable {

    private static final String LINE = "%-26s %8s %8s %8s %9s %7s %7s %16s %16s";

    private final Console console;

    @Mixin
    StateOption state = new StateOption();

    @Option(
            names = "--truth",
            paramLabel = "DIR",
            required = true,
            description = "Folder of the books that opsiq seed made, or the folder .truth in it.")
    Path truth = Path.of(".");

    @Option(
            names = "--list",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many missed facts and false cases to list (default: ${DEFAULT-VALUE}).")
    int listed;

    @Option(names = "--json", description = "Print the score as JSON.")
    boolean json;

    ScoreCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        Marks marks = mark(state.open());
        if (json) {
            console.outWriter().println(Json.pretty(marks));
        } else {
            print(marks);
        }
    }

    private Marks mark(OpsIQ opsiq) {
        String runId = opsiq.investigations()
                .latest()
                .orElseThrow(() ->
                        new CommandFailure("There is no run to score. Maybe begin with: opsiq run --data " + truth))
                .runId();
        try (Engine engine = Engine.open(opsiq.engineSettings())) {
            Interrupts.onInterrupt(engine::cancel);
            return new Marking(engine, opsiq.cases()).mark(truth, runId, Math.max(0, listed));
        }
    }

    private void print(Marks marks) {
        console.print(
                LINE,
                "TYPE",
                "PLANTED",
                "FOUND",
                "FALSE",
                "PRECISION",
                "RECALL",
                "F1",
                "MONEY OF FOUND",
                "AS CASES SAY");
        marks.types().forEach(this::print);
        print(marks.overall());
        console.print("");
        console.print("Money in the base currency; that of spikes and drops is not added to the total.");
        console.print(
                "Money planted: %s. Money counted twice: %s.", marks.overall().plantedMoney(), marks.countedTwice());
        if (marks.missedCount() > 0) {
            console.print("");
            console.print(
                    "Missed: %d%s",
                    marks.missedCount(),
                    more(marks.missedCount(), marks.missed().size()));
            marks.missed().forEach(this::print);
        }
        if (marks.falseCount() > 0) {
            console.print("");
            console.print(
                    "False: %d%s",
                    marks.falseCount(),
                    more(marks.falseCount(), marks.falseAlarms().size()));
            marks.falseAlarms().forEach(this::print);
        }
    }

    private static String more(long there, int shown) {
        return there > shown ? ", the first " + shown : "";
    }

    private void print(Marks.Type type) {
        console.print(
                LINE,
                type.anomalyType(),
                type.planted(),
                type.found(),
                type.falseAlarms(),
                share(type.precision()),
                share(type.recall()),
                share(type.f1()),
                type.foundMoney(),
                type.toldMoney());
    }

    private void print(Marks.Missed missed) {
        console.print(
                "  %s %s, %s %s: %s%s",
                missed.anomalyType(),
                missed.entity(),
                missed.currency(),
                missed.amount(),
                missed.how(),
                missed.toldAs() == null ? "" : "; told as " + missed.toldAs());
    }

    private void print(Marks.FalseAlarm alarm) {
        console.print(
                "  %s %s, %s %s: %s%s",
                alarm.anomalyType(),
                alarm.caseId(),
                alarm.currency(),
                alarm.grossImpact(),
                alarm.title(),
                alarm.situation() == null ? "" : "; looks like it: " + alarm.situation());
    }

    private static String share(@Nullable BigDecimal share) {
        return share == null ? "-" : share.setScale(3, RoundingMode.HALF_UP).toPlainString();
    }
}
