package io.opsiq.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A .sql file that is packaged with the program. Its statements end with a semicolon at the end of a line. */
public record SqlFile(String text) {

    /** The file of this name beside the class. */
    public static SqlFile beside(Class<?> type, String name) {
        try (InputStream in = Objects.requireNonNull(type.getResourceAsStream(name), name)) {
            return new SqlFile(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    /** Its statements, without the lines that are comments. */
    public List<String> statements() {
        return Stream.of(text.replaceAll("(?m)^\\s*--.*$", "").split(";\\s*(\\n|$)"))
                .filter(statement -> !statement.isBlank())
                .toList();
    }
}
