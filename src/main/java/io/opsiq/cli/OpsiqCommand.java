package io.opsiq.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program itself: shows its commands. */
@Command(
        name = "opsiq",
        description = "Finds the money that billing loses.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = OpsiqCommand.Version.class,
        subcommands = {
            DemoCommand.class,
            ServeCommand.class,
            SeedCommand.class,
            RunCommand.class,
            RerunCommand.class,
            CheckCommand.class,
            CasesCommand.class,
            CaseCommand.class,
            ProblemsCommand.class,
            RateCommand.class,
            TuneCommand.class,
            ProposalsCommand.class,
            MemoryCommand.class,
            FeedbackCommand.class,
            ActionsCommand.class,
            ActionCommand.class,
            ScoreCommand.class,
            AskCommand.class,
            DetectorsCommand.class,
            LlmCommand.class,
            ResetCommand.class
        })
final class OpsiqCommand implements Runnable {

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "Which command?");
    }

    /** The version that the jar was built as. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = OpsiqCommand.class.getPackage().getImplementationVersion();
            return new String[] {"opsiq " + (version == null ? "development" : version)};
        }
    }
}
