package io.opsiq.cli;

import io.opsiq.books.BooksException;
import io.opsiq.detectors.PackException;
import io.opsiq.engine.EngineException;
import io.opsiq.investigation.RunFailure;
import io.opsiq.seed.FolderTakenException;
import io.opsiq.sources.MappingException;
import io.opsiq.sources.SourceException;
import io.opsiq.state.StateException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what went wrong into one message and an exit code. */
final class Failures implements IExecutionExceptionHandler {

    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;
    static final int UNREADABLE_BOOKS = 3;

    private final Console console;

    Failures(Console console) {
        this.console = console;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        console.tell("opsiq: " + message(failure));
        if (!isExpected(failure) && Boolean.getBoolean("opsiq.debug")) {
            failure.printStackTrace(console.errWriter());
        }
        return failure instanceof BooksException || failure instanceof SourceException ? UNREADABLE_BOOKS : FAILED;
    }

    private static String message(Exception failure) {
        if (isExpected(failure)) {
            return String.valueOf(failure.getMessage());
        }
        return "something went wrong inside (" + failure
                + "). Maybe run it again with OPSIQ_JAVA_OPTIONS=-Dopsiq.debug=true and report what it prints.";
    }

    private static boolean isExpected(Exception failure) {
        return Stream.of(
                        BooksException.class,
                        SourceException.class,
                        MappingException.class,
                        PackException.class,
                        RunFailure.class,
                        FolderTakenException.class,
                        StateException.class,
                        EngineException.class,
                        IllegalArgumentException.class,
                        UncheckedIOException.class,
                        CommandFailure.class)
                .anyMatch(type -> type.isInstance(failure));
    }
}
