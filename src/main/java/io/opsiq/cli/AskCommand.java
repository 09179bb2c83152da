package io.opsiq.cli;

import io.opsiq.OpsIQ;
import io.opsiq.analyst.Analyst;
import io.opsiq.analyst.Answer;
import io.opsiq.analyst.Question;
import io.opsiq.analyst.Reply;
import io.opsiq.investigation.RunRequest;
import io.opsiq.json.Json;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One question to the analyst. */
@Command(
        name = "ask",
        description = "Answers a question in plain English from the books, or says that it cannot.",
        footer = {"", "Such as: opsiq ask \"Why is revenue down this month?\""})
final class AskCommand implements Runnable {

    private final Console console;

    @Mixin
    StateOption state = new StateOption();

    @Parameters(paramLabel = "QUESTION", description = "The question, in quotes.")
    String question = "";

    @Option(
            names = "--context",
            paramLabel = "ANSWER_ID",
            description = "The answer that the question goes on from, such as ANS-7B2K….")
    @Nullable
    String context;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of the books (default: those of the latest completed run).")
    @Nullable
    Path data;

    @Option(
            names = "--mapping",
            paramLabel = "NAME|DIR",
            converter = BooksOptions.KnownMapping.class,
            description = "Reads a foreign export through this mapping; with --data.")
    @Nullable
    String mapping;

    @Option(
            names = "--as-of",
            paramLabel = "DATE",
            converter = BooksOptions.Moment.class,
            description = "The clock: what counts as now; with --data.")
    @Nullable
    Instant asOf;

    @Option(names = "--concise", description = "Print the first sentence of the answer only.")
    boolean concise;

    @Option(names = "--json", description = "Print the answer as JSON.")
    boolean json;

    AskCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        OpsIQ opsiq = state.open();
        opsiq.investigations().recover();
        Analyst analyst = data == null ? opsiq.analyst() : opsiq.analyst(RunRequest.of(data, mapping, asOf));
        switch (analyst.ask(new Question(question, context, concise))) {
            case Reply.Refused(Reply.Reason _, String message) -> throw new CommandFailure(message);
            case Reply.Answered(Answer answer) -> print(answer);
        }
    }

    private void print(Answer answer) {
        if (json) {
            console.outWriter().println(Json.pretty(answer));
        } else {
            new AnswerReport(console).print(answer);
        }
    }
}
