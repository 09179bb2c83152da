package io.opsiq.analyst;

import java.util.LinkedHashMap;
import java.util.Map;

/** A SELECT with named queries before it, laid out for people to read. */
final class Statement {

    private final Map<String, String> queries = new LinkedHashMap<>();

    Statement with(Map<String, String> more) {
        queries.putAll(more);
        return this;
    }

    Statement with(String name, String body) {
        queries.put(name, body);
        return this;
    }

    /** The whole statement; the last query's name is free for its FROM. */
    String select(String body) {
        StringBuilder sql = new StringBuilder();
        queries.forEach((name, query) -> sql.append(sql.isEmpty() ? "with " : ",\n\n")
                .append(name)
                .append(" as (\n")
                .append(query.strip().indent(4))
                .append(")"));
        return sql.append(sql.isEmpty() ? "" : "\n\n").append(body.strip()).toString();
    }
}
