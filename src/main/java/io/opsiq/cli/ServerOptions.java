package io.opsiq.cli;

import io.opsiq.Settings;
import io.opsiq.api.ServerSettings;
import io.opsiq.investigation.RunRequest;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where to listen. */
final class ServerOptions {

    private static final String DEFAULT_HOST = "127.0.0.1";
    private static final String DEFAULT_PORT = "8000";

    @Spec(Spec.Target.MIXEE)
    @Nullable
    CommandSpec command;

    @Option(
            names = "--host",
            paramLabel = "H",
            description =
                    "Address to listen on (default: HOST of the environment, else 127.0.0.1); any but this machine's own needs OPSIQ_TOKEN.")
    @Nullable
    String host;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Port to listen on, 0 for a free one (default: PORT of the environment, else 8000).")
    @Nullable
    String port;

    /** Refuses what cannot be listened on, as wrong usage. */
    ServerSettings settings(Settings environment, RunRequest books) {
        ServerSettings settings = new ServerSettings(
                Optional.ofNullable(host).or(() -> environment.get("HOST")).orElse(DEFAULT_HOST),
                port(Optional.ofNullable(port).or(() -> environment.get("PORT")).orElse(DEFAULT_PORT)),
                environment.get("OPSIQ_TOKEN").orElse(null),
                books);
        settings.objection().ifPresent(this::refuse);
        return settings;
    }

    private int port(String value) {
        if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > 65_535) {
            refuse("The port is '" + value + "'. Maybe write a number from 0 to 65535; 0 means a free one.");
        }
        return Integer.parseInt(value);
    }

    private void refuse(String objection) {
        throw new ParameterException(Objects.requireNonNull(command).commandLine(), objection);
    }
}
