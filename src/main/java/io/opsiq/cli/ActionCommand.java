package io.opsiq.cli;

import io.opsiq.actions.ActionDecision.NotNow;
import io.opsiq.actions.ActionDecision.Taken;
import io.opsiq.actions.ActionDecision.Unknown;
import io.opsiq.actions.ActionStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A person's word on an action. */
@Command(name = "action", description = "Approves or declines an action, or says what became of it.")
final class ActionCommand implements Runnable {

    private final Console console;

    @Mixin
    StateOption state = new StateOption();

    @Parameters(index = "0", paramLabel = "approve|decline|done|failed", description = "What to do.")
    Word word = Word.APPROVE;

    @Parameters(index = "1", paramLabel = "ID", description = "The action's id, such as ACT-0c9d….")
    String id = "";

    @Option(names = "--comment", paramLabel = "T", defaultValue = "", description = "Why, or what was done.")
    String comment = "";

    @Option(names = "--by", paramLabel = "WHO", defaultValue = "local", description = "Who says so (default: local).")
    String actor = "local";

    /** What can be said. */
    enum Word {
        APPROVE(ActionStatus.APPROVED),
        DECLINE(ActionStatus.DECLINED),
        DONE(ActionStatus.DONE),
        FAILED(ActionStatus.FAILED);

        private final ActionStatus status;

        Word(ActionStatus status) {
            this.status = status;
        }
    }

    ActionCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        switch (state.open().actions().decide(id, word.status, actor, comment)) {
            case Taken taken -> ActionsCommand.print(console, taken.action());
            case Unknown unknown -> throw new CommandFailure(unknown.message());
            case NotNow notNow -> throw new CommandFailure(notNow.message());
        }
    }
}
