package io.opsiq.sources;

import io.opsiq.engine.Engine;
import io.opsiq.engine.EngineException;
import io.opsiq.engine.Sql;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A folder read through a mapping. Its raw tables are loaded first, as text; then the engine is sealed, so that the
 * mapping's SQL can read nothing but them.
 */
public final class MappedFolder implements Source {

    private final SourceFolder folder;
    private final Mapping mapping;
    private final Map<String, String> feedable = new TreeMap<>();
    private final List<String> remarks = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();
    private final List<Refused> refused = new ArrayList<>();

    public MappedFolder(SourceFolder folder, Mapping mapping) {
        this.folder = folder;
        this.mapping = mapping;
    }

    @Override
    public String label() {
        return folder.label() + " through the mapping " + mapping.label();
    }

    @Override
    public String stamp() {
        return folder.stamp() + "\n" + new TreeMap<>(mapping.selects()) + "\n" + new TreeMap<>(mapping.reads());
    }

    @Override
    public long bytes() {
        return folder.bytes();
    }

    @Override
    public List<String> names() {
        return List.copyOf(feedable.keySet());
    }

    @Override
    public Prepared prepare(Engine engine) {
        // A raw table may have a canonical one's name: while the mapping runs, the raw one is meant.
        engine.run("create schema raw");
        engine.run("set search_path = 'raw,main'");
        engine.run(Mapping.FROM_MINOR_UNITS);
        Map<String, Set<String>> needs = new LinkedHashMap<>();
        mapping.selects().forEach((table, select) -> needs.put(table, rawTables(engine, table, select)));
        Set<String> raw = needs.values().stream().flatMap(Set::stream).collect(Collectors.toCollection(TreeSet::new));
        Set<String> absent = new TreeSet<>();
        for (String name : raw) {
            if (!load(engine, name)) {
                absent.add(name);
            }
        }
        engine.seal();
        needs.forEach((table, names) -> {
            Optional<String> missing = names.stream().filter(absent::contains).findFirst();
            missing.ifPresentOrElse(
                    name -> remarks.add("%s is absent: it is made from the raw table %s, and there is no %s."
                            .formatted(table, name, String.join(", ", read(name).files()))),
                    () -> feedable.put(table, mapping.selects().getOrDefault(table, "")));
        });
        return new Prepared(remarks, unreadable, refused);
    }

    @Override
    public List<Feed> feeds(String table, Engine engine) {
        String select = feedable.get(table);
        return select == null
                ? List.of()
                : List.of(new MappedFeed(mapping.label() + "/" + table + ".sql", select, engine));
    }

    @Override
    public void release(Engine engine) {
        engine.run("drop schema raw cascade");
    }

    private Mapping.Read read(String raw) {
        return mapping.reads().getOrDefault(raw, Mapping.Read.ofItself(raw));
    }

    /** The raw tables that a SELECT names: all its tables but its own named queries. Refuses what is no single SELECT. */
    private Set<String> rawTables(Engine engine, String table, String select) {
        String tree = engine.one("select json_serialize_sql(?)", row -> row.getString(1), select);
        boolean single = engine.one(
                "select not (?::json ->> 'error')::boolean and json_array_length(?::json -> 'statements') = 1",
                row -> row.getBoolean(1),
                tree,
                tree);
        if (!single) {
            String message = engine.one("select ?::json ->> 'error_message'", row -> row.getString(1), tree);
            throw new MappingException("The mapping's %s/%s.sql is not one SELECT%s"
                    .formatted(mapping.label(), table, message == null ? "." : ": " + message));
        }
        Set<String> named = texts(engine, tree, "$..table_name");
        named.removeAll(texts(engine, tree, "$..cte_map.map[*].key"));
        return named;
    }

    private static Set<String> texts(Engine engine, String json, String path) {
        return engine
                .list("select distinct unnest(json_extract_string(?::json, ?))", row -> row.getString(1), json, path)
                .stream()
                .filter(text -> text != null && !text.isEmpty())
                .map(text -> text.toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether there is something of the raw table, be it no row. */
    private boolean load(Engine engine, String raw) {
        Mapping.Read read = read(raw);
        Optional<String> found = folder.firstMatching(read.files());
        List<Feed> feeds = found.map(name -> folder.feeds(name, engine)).orElse(List.of());
        List<String> columns = columns(read, feeds);
        if (columns.isEmpty() || (found.isEmpty() && !read.optional())) {
            return false;
        }
        engine.run("create table raw.%s (%s)"
                .formatted(
                        Sql.identifier(raw),
                        columns.stream()
                                .map(column -> Sql.identifier(column) + " varchar")
                                .collect(Collectors.joining(", "))));
        for (Feed feed : feeds) {
            try {
                List<Feed.Reject> rejects = copy(engine, raw, feed, columns);
                remarkOnMissing(raw, feed, columns);
                if (!rejects.isEmpty()) {
                    refused.add(new Refused(raw, feed, rejects));
                }
            } catch (SourceException e) {
                unreadable.add(feed.label());
                remarks.add(String.valueOf(e.getMessage()));
            }
        }
        return found.isEmpty() || feeds.stream().map(Feed::label).anyMatch(label -> !unreadable.contains(label));
    }

    private static List<String> columns(Mapping.Read read, List<Feed> feeds) {
        if (!read.columns().isEmpty()) {
            return read.columns().stream()
                    .map(column -> column.toLowerCase(Locale.ROOT))
                    .distinct()
                    .toList();
        }
        return feeds.stream()
                .flatMap(feed -> feed.columns().stream())
                .map(FeedColumn::name)
                .distinct()
                .toList();
    }

    private void remarkOnMissing(String raw, Feed feed, List<String> columns) {
        Set<String> there = feed.columns().stream().map(FeedColumn::name).collect(Collectors.toSet());
        List<String> missing =
                columns.stream().filter(column -> !there.contains(column)).toList();
        if (!missing.isEmpty()) {
            remarks.add("%s has no column %s: read as empty in %s."
                    .formatted(feed.label(), String.join(", ", missing), raw));
        }
    }

    private static List<Feed.Reject> copy(Engine engine, String raw, Feed feed, List<String> columns) {
        Map<String, FeedColumn> there = feed.columns().stream()
                .collect(Collectors.toMap(FeedColumn::name, column -> column, (first, second) -> first));
        String values = columns.stream()
                .map(there::get)
                .map(column -> column == null ? "null" : column.text())
                .collect(Collectors.joining(", "));
        try {
            return feed.copy(
                    engine,
                    relation -> "insert into raw." + Sql.identifier(raw) + " select " + values + " from " + relation);
        } catch (EngineException e) {
            throw new SourceException(feed.label() + " cannot be read: " + e.getMessage(), e);
        }
    }
}
