package io.opsiq.cli;

import io.opsiq.OpsIQ;
import io.opsiq.reasoning.LlmCheck;
import io.opsiq.reasoning.Reasoning;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The language model. */
@Command(
        name = "llm",
        description = "The language model: check whether it answers.",
        subcommands = LlmCommand.Check.class)
final class LlmCommand implements Runnable {

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    StateOption state = new StateOption();

    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(), "Which command? Maybe `opsiq llm check`.");
    }

    @Command(name = "check", description = "Asks the model one small question and says how it went.")
    static final class Check implements Runnable {

        private final Console console;

        @Mixin
        StateOption state = new StateOption();

        Check(Console console) {
            this.console = console;
        }

        @Override
        public void run() {
            OpsIQ opsiq = state.open();
            Reasoning reasoning = opsiq.reasoning();
            LlmCheck check = reasoning.check().orElseThrow(() -> new CommandFailure(missing(reasoning)));
            print(check);
            if (check.problem() != null) {
                throw new CommandFailure(check.problem());
            }
        }

        private static String missing(Reasoning reasoning) {
            return reasoning
                    .problem()
                    .orElse(
                            "no language model is set up; OpsIQ decides by its rules. Maybe set GROQ_API_KEY (and GROQ_MODEL, "
                                    + "GROQ_BASE_URL), or OPENAI_API_KEY (and OPENAI_MODEL, OPENAI_BASE_URL), in the environment or in .env.");
        }

        private void print(LlmCheck check) {
            console.print("Provider: %s   Model: %s", check.provider(), check.model());
            console.print("Address: %s", check.baseUrl());
            console.print(
                    "Latency: %d ms   Tokens: %d in, %d out", check.latencyMs(), check.tokensIn(), check.tokensOut());
            if (check.problem() == null) {
                console.print("Schemas: %s", check.strictSchemas() ? "strict" : "not strict; answers are checked here");
            }
        }
    }
}
