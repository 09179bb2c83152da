package io.opsiq.engine;

/** Writes names and values into SQL where they cannot be bound: identifiers, file names, values of a reproducible query. */
public final class Sql {

    private Sql() {}

    /** The text as a quoted SQL identifier. */
    public static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** The text as a quoted SQL string literal; NUL characters, which no engine takes, are left out. */
    public static String literal(String text) {
        return '\'' + text.replace("\0", "").replace("'", "''") + '\'';
    }
}
