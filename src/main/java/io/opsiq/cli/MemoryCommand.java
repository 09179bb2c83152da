package io.opsiq.cli;

import io.opsiq.OpsIQ;
import io.opsiq.cases.CaseChange;
import io.opsiq.investigation.Run;
import io.opsiq.json.Json;
import io.opsiq.learning.Version;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What was learned, change by change. */
@Command(
        name = "memory",
        description = "Lists what was learned and every change of it.",
        subcommands = {MemoryCommand.Undo.class, MemoryCommand.Diff.class})
final class MemoryCommand implements Runnable {

    private static final int MOST = 10_000;

    private final Console console;

    @Mixin
    StateOption state = new StateOption();

    @Option(names = "--json", description = "Print values and changes as JSON.")
    boolean json;

    MemoryCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        OpsIQ opsiq = state.open();
        List<Version> history = opsiq.memory().history(MOST);
        if (json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("memory", opsiq.memory().entries());
            document.put("history", history);
            console.outWriter().println(Json.pretty(document));
            return;
        }
        opsiq.memory().entries().forEach(entry -> console.print("%s = %s".formatted(entry.key(), entry.value())));
        console.print("");
        console.print(history.isEmpty() ? "Nothing moved yet." : "Changes, the newest first:");
        history.forEach(version -> print(console, version));
    }

    private static void print(Console console, Version version) {
        console.print("%s  %s  %s: from %s to %s, by %s%s"
                .formatted(
                        version.memoryId(),
                        version.updatedAt(),
                        version.key(),
                        version.from(),
                        version.value(),
                        version.author(),
                        version.expiresAt() == null ? "" : ", until " + version.expiresAt()));
        console.print("    " + version.reason());
    }

    /** Takes a change back. */
    @Command(name = "undo", description = "Takes a change of memory back.")
    static final class Undo implements Runnable {

        private final Console console;

        @Mixin
        StateOption state = new StateOption();

        @Parameters(paramLabel = "ID", description = "The change's id, such as MEM-7.")
        String id = "";

        @Mixin
        AuthorOption by = new AuthorOption();

        Undo(Console console) {
            this.console = console;
        }

        @Override
        public void run() {
            print(console, ProposalsCommand.done(state.open().memory().undo(id, by.author)));
        }
    }

    /** What two runs saw otherwise. */
    @Command(name = "diff", description = "Shows what changed between two runs: memory, and the cases' scores.")
    static final class Diff implements Runnable {

        private final Console console;

        @Mixin
        StateOption state = new StateOption();

        @Parameters(index = "0", paramLabel = "RUN", description = "The earlier run's id.")
        String earlier = "";

        @Parameters(index = "1", paramLabel = "RUN", description = "The later run's id.")
        String later = "";

        Diff(Console console) {
            this.console = console;
        }

        @Override
        public void run() {
            OpsIQ opsiq = state.open();
            Instant from = startOf(opsiq, earlier);
            Instant to = endOf(opsiq, later);
            List<Version> changes = opsiq.memory().history(MOST).stream()
                    .filter(version -> version.updatedAt().isAfter(from)
                            && !version.updatedAt().isAfter(to))
                    .toList();
            console.print("%d changes of memory".formatted(changes.size()));
            changes.forEach(version -> print(console, version));
            console.print("%d cases scored otherwise".formatted(opsiq.cases().countChanges(earlier, later)));
            opsiq.cases().changes(earlier, later).forEach(change -> console.print(line(change)));
        }

        private static String line(CaseChange change) {
            return "%s  %s to %s  %s to %s %s  %s"
                    .formatted(
                            change.caseId(),
                            change.before().confidenceScore(),
                            change.after().confidenceScore(),
                            change.before().estimatedImpact(),
                            change.after().estimatedImpact(),
                            change.currency(),
                            change.title());
        }

        private static Instant startOf(OpsIQ opsiq, String runId) {
            return run(opsiq, runId).startedAt();
        }

        private static Instant endOf(OpsIQ opsiq, String runId) {
            Instant end = run(opsiq, runId).finishedAt();
            return end == null ? Instant.MAX : end;
        }

        private static Run run(OpsIQ opsiq, String runId) {
            return opsiq.investigations().completed(MOST).stream()
                    .filter(run -> run.runId().equals(runId))
                    .findFirst()
                    .orElseThrow(() -> new CommandFailure("There is no completed run " + runId + "."));
        }
    }
}
