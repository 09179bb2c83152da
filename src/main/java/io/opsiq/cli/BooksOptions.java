package io.opsiq.cli;

import io.opsiq.books.AsOf;
import io.opsiq.investigation.RunRequest;
import io.opsiq.sources.Mapping;
import io.opsiq.sources.MappingException;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which books, and how to read them. */
final class BooksOptions {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description =
                    "Folder of the books: a table is NAME.csv, NAME.csv.gz, NAME.parquet or a folder NAME of them.")
    Path data = Path.of(".");

    @Option(
            names = "--mapping",
            paramLabel = "NAME|DIR",
            converter = KnownMapping.class,
            description =
                    "Reads a foreign export: a mapping that comes with the program (stripe) or a folder of <table>.sql.")
    @Nullable
    String mapping;

    @Option(
            names = "--as-of",
            paramLabel = "DATE",
            converter = Moment.class,
            description = "The clock: what counts as now (default: the latest moment in the books).")
    @Nullable
    Instant asOf;

    RunRequest request() {
        return RunRequest.of(data, mapping, asOf);
    }

    /** Refuses a mapping that is not there before anything is done. */
    static final class KnownMapping implements ITypeConverter<String> {

        @Override
        public String convert(String value) {
            try {
                return Mapping.named(value).name();
            } catch (MappingException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    /** A date or timestamp. */
    static final class Moment implements ITypeConverter<Instant> {

        @Override
        public Instant convert(String value) {
            try {
                return AsOf.parse(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
