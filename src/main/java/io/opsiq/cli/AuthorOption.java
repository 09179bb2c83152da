package io.opsiq.cli;

import picocli.CommandLine.Option;

/** The option of commands that change what was learned, and note who did. */
final class AuthorOption {

    @Option(names = "--by", paramLabel = "WHO", defaultValue = "local", description = "Who says so (default: local).")
    String author = "local";
}
