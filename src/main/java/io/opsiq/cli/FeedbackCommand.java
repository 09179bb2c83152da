package io.opsiq.cli;

import io.opsiq.OpsIQ;
import io.opsiq.detectors.CommonCause;
import io.opsiq.json.Json;
import io.opsiq.learning.FeedbackGiven;
import io.opsiq.learning.FeedbackOutcome;
import io.opsiq.learning.FeedbackOutcome.Accepted;
import io.opsiq.learning.FeedbackOutcome.DoesNotFit;
import io.opsiq.learning.FeedbackOutcome.UnknownTarget;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A verdict on a case, or many. */
@Command(
        name = "feedback",
        description = "Takes a verdict on a case or a problem, or many on cases from a file.",
        customSynopsis = {
            "opsiq feedback CASE_ID VERDICT [--comment=T] [--reviewer=R] [--json] [--state=PATH]",
            "opsiq feedback --file=verdicts.csv [--reviewer=R] [--state=PATH]"
        })
final class FeedbackCommand implements Runnable {

    private final Console console;

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    StateOption state = new StateOption();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "CASE_ID",
            description = "The case, or a problem: then all its cases.")
    @Nullable
    String caseId;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "VERDICT",
            description =
                    "approve (a true leak), false_positive (not a leak), reject (not worth acting on) or accepted (true, but accepted).")
    @Nullable
    String verdict;

    @Option(names = "--comment", paramLabel = "T", description = "Why.")
    @Nullable
    String comment;

    @Option(names = "--reviewer", paramLabel = "R", description = "Who says so (default: local).")
    @Nullable
    String reviewer;

    @Option(
            names = "--file",
            paramLabel = "CSV",
            description = "Many verdicts: columns case_id and feedback_type, and optionally comment and reviewer.")
    @Nullable
    Path file;

    @Option(names = "--json", description = "Print what became of the verdict as JSON.")
    boolean json;

    FeedbackCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        if (file != null && caseId == null) {
            takeAll(new VerdictFile(file, reviewer));
        } else if (file == null && caseId != null && verdict != null) {
            take(FeedbackGiven.onCase(caseId, verdict, comment, reviewer));
        } else {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "Give a case id and a verdict, or --file with many of them.");
        }
    }

    private void take(FeedbackGiven given) {
        OpsIQ opsiq = state.open();
        switch (outcome(opsiq, given)) {
            case Accepted accepted -> {
                print(accepted);
                opsiq.teacher().await();
            }
            case DoesNotFit misfit -> throw new CommandFailure(misfit.message());
            case UnknownTarget unknown -> throw new CommandFailure(unknown.message());
        }
    }

    private static FeedbackOutcome outcome(OpsIQ opsiq, FeedbackGiven given) {
        String target = Objects.requireNonNull(given.targetId());
        return target.startsWith(CommonCause.ID_START)
                ? opsiq.problems().answer(target, given, opsiq.verdicts())
                : opsiq.verdicts().give(given);
    }

    private void print(Accepted accepted) {
        if (json) {
            console.outWriter().println(Json.pretty(accepted));
            return;
        }
        console.print(
                "%s: %s is %s.",
                accepted.feedback().feedbackId(),
                accepted.feedback().targetId(),
                accepted.feedback().feedbackType().word());
        accepted.memoryUpdates()
                .forEach(entry ->
                        console.print("Learned: %s is now %s. %s", entry.key(), entry.value(), entry.reason()));
        accepted.proposals()
                .forEach(proposal -> console.print(
                        "Proposed: %s from %s to %s; it waits for %s",
                        proposal.key(), proposal.from(), proposal.to(), proposal.waitsFor()));
        if (!accepted.memoryUpdates().isEmpty()) {
            console.print("Next: opsiq rerun");
        }
    }

    private void takeAll(VerdictFile verdicts) {
        List<VerdictFile.Row> rows = verdicts.read();
        OpsIQ opsiq = state.open();
        List<FeedbackOutcome> outcomes = opsiq.verdicts()
                .giveAll(rows.stream().map(VerdictFile.Row::given).toList());
        int taken = 0;
        for (int i = 0; i < rows.size(); i++) {
            switch (outcomes.get(i)) {
                case Accepted _ -> taken++;
                case DoesNotFit misfit -> complain(verdicts, rows.get(i), misfit.message());
                case UnknownTarget unknown -> complain(verdicts, rows.get(i), unknown.message());
            }
        }
        console.print("%d of %d verdicts taken.", taken, rows.size());
        if (taken < rows.size()) {
            throw new CommandFailure(
                    "%d of %d verdicts were not taken; the others were.".formatted(rows.size() - taken, rows.size()));
        }
    }

    private void complain(VerdictFile verdicts, VerdictFile.Row row, String message) {
        console.tell("%s:%d: %s".formatted(verdicts.file(), row.line(), message));
    }
}
