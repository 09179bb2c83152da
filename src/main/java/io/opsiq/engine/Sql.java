package io.opsiq.engine;

import java.nio.file.Path;

/** Writes names and values into SQL where they cannot be bound: identifiers, file names, values of a reproducible query. */
public final class Sql {

    private Sql() {}

    /** The text as a quoted SQL identifier. */
    public static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** The file's name as a literal for a reading function, to which {@code * ? [} would stand for other files too. */
    public static String file(Path file) {
        return literal(file.toString().replaceAll("([*?\\[])", "[$1]"));
    }

    /** The text as a quoted SQL string literal; NUL characters, which no engine takes, are left out. */
    public static String literal(String text) {
        return '\'' + text.replace("\0", "").replace("'", "''") + '\'';
    }
}
