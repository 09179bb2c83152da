package io.opsiq.books;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The statements of a packaged .sql file, which end with a semicolon at the end of a line. */
final class Statements {

    private Statements() {}

    static List<String> of(String resource) {
        try (InputStream in = Objects.requireNonNull(Statements.class.getResourceAsStream(resource), resource)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Stream.of(text.replaceAll("(?m)^--.*$", "").split(";\\s*(\\n|$)"))
                    .filter(statement -> !statement.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }
}
