package io.opsiq.analyst;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An answer in sentences.
 *
 * @param first says what was asked for
 * @param rest says more
 */
record Told(String first, List<String> rest) {

    static Told of(String only) {
        return new Told(only, List.of());
    }

    /** Likewise, and this as well. */
    Told with(List<String> more) {
        return new Told(first, Stream.concat(rest.stream(), more.stream()).toList());
    }

    String text(Style style) {
        return style == Style.CONCISE
                ? first
                : Stream.concat(Stream.of(first), rest.stream()).collect(Collectors.joining(" "));
    }

    /** How much an answer says. */
    enum Style {
        DETAILED,
        /** The first sentence alone. */
        CONCISE
    }
}
