package io.opsiq.cases;

import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What rows have to be like, in SQL, with a value for each of its question marks. */
record Condition(String sql, List<Object> values) {

    static Condition of(String sql, Object... values) {
        return new Condition(sql, List.of(values));
    }

    static Condition equal(String column, Object value) {
        return of(column + " = ?", value);
    }

    static Condition oneOf(String column, List<String> values) {
        return new Condition(
                column + " in (" + String.join(", ", Collections.nCopies(values.size(), "?")) + ")",
                List.copyOf(values));
    }

    Condition and(Condition other) {
        return new Condition(
                sql + " and " + other.sql,
                Stream.concat(values.stream(), other.values.stream()).toList());
    }

    /** And what the value asks for, where there is one. */
    <T> Condition and(@Nullable T wanted, Function<T, Condition> asked) {
        return wanted == null ? this : and(asked.apply(wanted));
    }

    /** The values of what stands before it in a statement, then its own. */
    Object[] after(Object... first) {
        return Stream.concat(Stream.of(first), values.stream()).toArray();
    }
}
