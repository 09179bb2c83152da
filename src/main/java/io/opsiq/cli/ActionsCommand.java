package io.opsiq.cli;

import io.opsiq.actions.Action;
import io.opsiq.actions.ActionStatus;
import io.opsiq.actions.Actions;
import io.opsiq.books.Money;
import io.opsiq.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Remediation actions. */
@Command(name = "actions", description = "Lists the remediation actions, newest first.")
final class ActionsCommand implements Runnable {

    private final Console console;

    @Mixin
    StateOption state = new StateOption();

    @Option(
            names = "--status",
            paramLabel = "S",
            description = "Only those of this status: proposed, pending_approval, approved, declined, done, failed.")
    @Nullable
    ActionStatus status;

    @Option(names = "--json", description = "Print the actions as JSON.")
    boolean json;

    ActionsCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        Actions actions = state.open().actions();
        List<Action> listed = actions.newest(status, Integer.MAX_VALUE);
        if (json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("actions", listed);
            document.put("count", listed.size());
            console.outWriter().println(Json.pretty(document));
        } else if (listed.isEmpty()) {
            console.print("No actions.");
        } else {
            listed.forEach(action -> print(console, action));
        }
    }

    static void print(Console console, Action action) {
        console.print(
                "%s  %s  %s  %s",
                action.actionId(),
                CaseTable.word(action.actionType()),
                CaseTable.word(action.status()),
                action.title());
        console.print("    %s", action.description());
        if (action.caseId() != null && action.estimatedImpact() != null && action.currency() != null) {
            console.print("    %s, %s", action.caseId(), Money.shown(action.estimatedImpact(), action.currency()));
        }
        action.auditTrail()
                .forEach(event -> console.print(
                        "    %s  %s by %s: %s",
                        event.at(), CaseTable.word(event.status()), event.actor(), event.detail()));
    }
}
