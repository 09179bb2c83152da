package io.opsiq.cli;

import io.opsiq.evaluation.Replay;
import io.opsiq.json.Json;
import io.opsiq.learning.ChangeOutcome;
import io.opsiq.learning.Proposal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What verdicts speak for. */
@Command(
        name = "proposals",
        description = "Lists changes that verdicts speak for, and what became of them.",
        subcommands = {ProposalsCommand.Show.class, ProposalsCommand.Accept.class, ProposalsCommand.Decline.class})
final class ProposalsCommand implements Runnable {

    private final Console console;

    @Mixin
    StateOption state = new StateOption();

    @Option(names = "--json", description = "Print the proposals as JSON.")
    boolean json;

    ProposalsCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        List<Proposal> proposals = state.open().memory().proposals();
        if (json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("proposals", proposals);
            document.put("count", proposals.size());
            console.outWriter().println(Json.pretty(document));
        } else if (proposals.isEmpty()) {
            console.print("No proposals. Verdicts on cases make them.");
        } else {
            proposals.forEach(each -> print(console, each));
        }
    }

    private static void print(Console console, Proposal each) {
        console.print("%s  %s  %s: from %s to %s"
                .formatted(each.proposalId(), CaseTable.word(each.status()), each.key(), each.from(), each.to()));
        console.print("    " + each.reason());
        if (each.waitsFor() != null) {
            console.print("    Waits for " + each.waitsFor());
        }
    }

    /** One proposal with its replay. */
    @Command(name = "show", description = "Shows one proposal: what it would hide, gain and cost.")
    static final class Show implements Runnable {

        private final Console console;

        @Mixin
        StateOption state = new StateOption();

        @Parameters(paramLabel = "ID", description = "The proposal's id.")
        String id = "";

        @Option(names = "--json", description = "Print it as JSON.")
        boolean json;

        Show(Console console) {
            this.console = console;
        }

        @Override
        public void run() {
            Proposal proposal = state.open()
                    .memory()
                    .proposal(id)
                    .orElseThrow(() ->
                            new CommandFailure("There is no proposal " + id + ". Maybe look at: opsiq proposals"));
            if (json) {
                console.outWriter().println(Json.pretty(proposal));
                return;
            }
            ProposalsCommand.print(console, proposal);
            Replay replay = proposal.replay();
            if (replay == null) {
                console.print("    What it would do on the last books: opsiq tune DETECTOR --set LIMIT=VALUE");
            } else {
                tell(replay);
            }
        }

        /** No other limit can hide a seeded leak, so limits are not tried on any. */
        private static String seeded(Replay replay) {
            return replay.canaries() == 0
                    ? "; not tried on seeded leaks, which say nothing about a limit"
                    : ", %d of %d seeded leaks".formatted(replay.canariesHidden(), replay.canaries());
        }

        private void tell(Replay replay) {
            console.print("    Would hide %d open cases, %s in the base currency; %d approved facts%s."
                    .formatted(replay.lost(), replay.moneyLost(), replay.approvedHidden(), seeded(replay)));
            console.print("    Precision of judged cases: %s, then %s."
                    .formatted(
                            TuneCommand.shown(replay.precisionBefore()), TuneCommand.shown(replay.precisionAfter())));
            console.print("    Approved facts still shown: " + TuneCommand.shown(replay.recallAfter()) + ".");
            replay.casesLost()
                    .forEach(each ->
                            console.print("    %s  %s  %s".formatted(each.caseId(), each.impact(), each.title())));
        }
    }

    /** A person wants it. */
    @Command(name = "accept", description = "Accepts a proposal that waits.")
    static final class Accept implements Runnable {

        private final Console console;

        @Mixin
        StateOption state = new StateOption();

        @Parameters(paramLabel = "ID", description = "The proposal's id.")
        String id = "";

        @Mixin
        AuthorOption by = new AuthorOption();

        Accept(Console console) {
            this.console = console;
        }

        @Override
        public void run() {
            ProposalsCommand.print(console, done(state.open().memory().accept(id, by.author)));
        }
    }

    /** A person does not want it. */
    @Command(name = "decline", description = "Declines a proposal; what it had changed is taken back.")
    static final class Decline implements Runnable {

        private final Console console;

        @Mixin
        StateOption state = new StateOption();

        @Parameters(paramLabel = "ID", description = "The proposal's id.")
        String id = "";

        @Mixin
        AuthorOption by = new AuthorOption();

        Decline(Console console) {
            this.console = console;
        }

        @Override
        public void run() {
            ProposalsCommand.print(console, done(state.open().memory().decline(id, by.author)));
        }
    }

    static <T> T done(ChangeOutcome<T> outcome) {
        return switch (outcome) {
            case ChangeOutcome.Done<T>(T now) -> now;
            case ChangeOutcome.Unknown<T>(String message) -> throw new CommandFailure(message);
            case ChangeOutcome.NotNow<T>(String message) -> throw new CommandFailure(message);
        };
    }
}
