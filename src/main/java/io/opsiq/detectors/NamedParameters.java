package io.opsiq.detectors;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** SQL whose {@code $names} have become positions, and the names in the order of those positions. */
record NamedParameters(String sql, List<String> names) {

    /** Texts, quoted names and comments are passed over, so that a dollar in them stays one. */
    private static final Pattern TOKEN =
            Pattern.compile("'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\\n]*|\\$([a-z_][a-z_0-9]*)");

    static NamedParameters in(String sql) {
        List<String> names = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(sql);
        StringBuilder positional = new StringBuilder();
        while (matcher.find()) {
            String name = matcher.group(1);
            if (name != null) {
                names.add(name);
            }
            matcher.appendReplacement(positional, Matcher.quoteReplacement(name == null ? matcher.group() : "?"));
        }
        return new NamedParameters(matcher.appendTail(positional).toString(), names);
    }
}
