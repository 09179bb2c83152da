package io.opsiq.books;

import io.opsiq.engine.Engine;
import io.opsiq.engine.EngineException;
import io.opsiq.engine.Sql;
import io.opsiq.sources.Feed;
import io.opsiq.sources.FeedColumn;
import io.opsiq.sources.Source;
import io.opsiq.sources.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a source into the engine as {@link Books}: types, bad rows, clock, rates. Then the engine is sealed. */
public final class BooksReader {

    private final Engine engine;
    private final Source source;
    private final @Nullable Instant asOf;
    private final LocalDate latest;
    private final Consumer<String> progress;
    private final Map<Integer, Feed> feeds = new TreeMap<>();

    /**
     * @param asOf the clock when the books' own latest moment shall not be it
     * @param clock the wall clock: a fact dated after its tomorrow (or after {@code asOf}, if later) is a bad row
     * @param progress is told the name of each table before it is read
     */
    public BooksReader(Engine engine, Source source, @Nullable Instant asOf, Clock clock, Consumer<String> progress) {
        this.engine = engine;
        this.source = source;
        this.asOf = asOf;
        this.progress = progress;
        LocalDate tomorrow =
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(1);
        LocalDate asOfDay = asOf == null ? tomorrow : LocalDate.ofInstant(asOf, ZoneOffset.UTC);
        this.latest = asOfDay.isAfter(tomorrow) ? asOfDay : tomorrow;
    }

    /** Reads all tables. Throws {@link BooksException} when there is not one table of the contract. */
    public Books read() {
        statements("reading.sql").forEach(engine::run);
        List<String> remarks = new ArrayList<>(source.prepare(engine));
        Map<Table, Loaded> loaded = new LinkedHashMap<>();
        for (Table table : Contract.TABLES) {
            create(table);
            if (source.names().contains(table.name())) {
                progress.accept(table.name());
                load(table, remarks).ifPresent(read -> loaded.put(table, read));
            }
        }
        source.release(engine);
        requireOneTable(loaded.keySet(), remarks);
        boolean customersKnown = customersKnown(loaded);
        loaded.keySet().forEach(table -> findStrangers(table, customersKnown));
        List<TableReport> reports = loaded.entrySet().stream()
                .map(entry -> entry.getValue().report(entry.getKey(), setAside(entry.getKey()), rows(entry.getKey())))
                .toList();
        Contract.TABLES.stream().filter(table -> !loaded.containsKey(table)).forEach(this::dropFlaws);
        engine.run("create table clock as " + clockQuery(loaded.keySet()));
        statements("rates.sql").forEach(engine::run);
        Contract.TABLES.stream().filter(Table::convertible).forEach(this::addRates);
        engine.seal();
        return books(reports, remarks);
    }

    private void requireOneTable(Set<Table> loaded, List<String> remarks) {
        if (loaded.isEmpty()) {
            throw new BooksException(
                    "%s holds no table of the books. Looked for %s (each as .csv, .csv.gz, .parquet or a folder of them); found %s.%s"
                            .formatted(
                                    source.label(),
                                    Contract.TABLES.stream().map(Table::name).collect(Collectors.joining(", ")),
                                    source.names().isEmpty() ? "nothing readable" : String.join(", ", source.names()),
                                    remarks.isEmpty()
                                            ? " Maybe a mapping is needed: --mapping."
                                            : " " + String.join(" ", remarks)));
        }
    }

    private void create(Table table) {
        engine.run("create table main.%s (%s, flaw struct(column_name varchar, value varchar, reason varchar))"
                .formatted(
                        table.name(),
                        table.columns().stream()
                                .map(column -> Sql.identifier(column.name()) + " "
                                        + column.type().sql())
                                .collect(Collectors.joining(", "))));
    }

    /** What was read of the table; nothing when none of its files can be read. */
    private Optional<Loaded> load(Table table, List<String> remarks) {
        List<String> labels = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        Set<String> there = new TreeSet<>();
        for (Feed feed : source.feeds(table.name(), engine)) {
            try {
                copy(table, feed);
                labels.add(feed.label());
                feed.columns().stream().map(FeedColumn::name).forEach(there::add);
            } catch (SourceException e) {
                unreadable.add(feed.label());
                remarks.add(String.valueOf(e.getMessage()));
            }
        }
        return labels.isEmpty() ? Optional.empty() : Optional.of(new Loaded(labels, unreadable, there));
    }

    private void copy(Table table, Feed feed) {
        int number = feeds.size();
        feeds.put(number, feed);
        long first = engine.one("select coalesce(max(rowid) + 1, 0) from main." + table.name(), row -> row.getLong(1));
        engine.run("insert into intake.feeds values (?, ?, ?)", table.name(), number, first);
        RowReading reading = new RowReading(table, feed.columns(), latest);
        try {
            for (Feed.Reject reject : feed.copy(engine, reading::insertFrom)) {
                engine.run(
                        "insert into intake.bad_rows values (?, ?, null, ?, null, ?, ?)",
                        table.name(),
                        number,
                        reject.line(),
                        reject.value(),
                        reject.reason());
            }
        } catch (EngineException e) {
            throw new SourceException(feed.label() + " cannot be read: " + e.getMessage(), e);
        }
        engine.run("""
                insert into intake.bad_rows
                select ?, ?, rowid - ?, null, flaw.column_name, flaw.value, flaw.reason
                from main.%s
                where flaw is not null and rowid >= ?
                """.formatted(table.name()), table.name(), number, first, first);
    }

    /** Whether there are customers to know: a file without ids or rows says nothing about who is unknown. */
    private boolean customersKnown(Map<Table, Loaded> loaded) {
        return loaded.entrySet().stream()
                .anyMatch(entry -> entry.getKey().name().equals("customers")
                        && entry.getValue().columns().contains("customer_id")
                        && rows(entry.getKey()) > 0);
    }

    /** Rows of unknown customers, then rows whose id a row before them already has. */
    private void findStrangers(Table table, boolean customersKnown) {
        if (table.ofKnownCustomer() && customersKnown) {
            setAsideWhere(
                    table,
                    "customer_id",
                    "unknown customer",
                    "not exists (from main.customers as c where c.customer_id = t.customer_id)",
                    "");
        }
        if (table.id() != null && mayHaveRepeatedIds(table)) {
            setAsideWhere(
                    table,
                    table.id(),
                    "this id was already there; the first row stands",
                    "t.%1$s in (select %1$s from main.%2$s group by 1 having count(*) > 1)"
                            .formatted(table.id(), table.name()),
                    "qualify row_number() over (partition by t.%s order by t.rowid) > 1".formatted(table.id()));
        }
    }

    /** Digests need less memory than ids; where two ids share one, the exact search finds nothing. */
    private boolean mayHaveRepeatedIds(Table table) {
        return engine.one(
                "select count(%1$s) > count(distinct hash(%1$s)) filter (where %1$s is not null) from main.%2$s"
                        .formatted(table.id(), table.name()),
                row -> row.getBoolean(1));
    }

    private void setAsideWhere(Table table, String column, String reason, String where, String firstStands) {
        engine.run("""
                insert into intake.bad_rows
                with feeds as (
                    -- Of feeds that begin at one row all but the last are empty.
                    select max(feed) as feed, first_row from intake.feeds where table_name = '%1$s' group by first_row
                ),
                bad as (
                    select f.first_row + b.ordinal as bad_row
                    from intake.bad_rows as b join feeds as f using (feed)
                    where b.ordinal is not null
                ),
                found as (
                    select t.rowid as found_row, t.%2$s as value
                    from main.%1$s as t
                    where t.rowid not in (select bad_row from bad) and %4$s
                    %5$s
                )
                select '%1$s', f.feed, r.found_row - f.first_row, null, '%2$s', left(r.value, 200), '%3$s'
                from found as r asof join feeds as f on r.found_row >= f.first_row
                """.formatted(table.name(), column, reason, where, firstStands));
    }

    /** Takes the bad rows out of the table; from here on its row ids mean nothing. */
    private long setAside(Table table) {
        long bad = engine.one(
                "select count(*) from intake.bad_rows where table_name = ?", row -> row.getLong(1), table.name());
        if (bad > 0) {
            engine.run("""
                    delete from main.%1$s where rowid in (
                        select f.first_row + b.ordinal
                        from intake.bad_rows as b join intake.feeds as f using (table_name, feed)
                        where table_name = '%1$s' and b.ordinal is not null)
                    """.formatted(table.name()));
        }
        dropFlaws(table);
        return bad;
    }

    private long rows(Table table) {
        return engine.one("select count(*) from main." + table.name(), row -> row.getLong(1));
    }

    private void dropFlaws(Table table) {
        engine.run("alter table main." + table.name() + " drop column flaw");
    }

    private String clockQuery(Set<Table> loaded) {
        String moments = loaded.stream()
                .filter(table -> table.clock() != null)
                .map(table -> "select min(\"%1$s\") as first, max(\"%1$s\") as last from main.%2$s"
                        .formatted(table.clock(), table.name()))
                .collect(Collectors.joining(" union all "));
        String now = asOf == null ? "max(last)" : "timestamp '" + LocalDateTime.ofInstant(asOf, ZoneOffset.UTC) + "'";
        return "select %s as now, cast(min(first) as date) as first_day, cast(max(last) as date) as last_day from (%s)"
                .formatted(
                        now, moments.isEmpty() ? "select null::timestamp as first, null::timestamp as last" : moments);
    }

    private void addRates(Table table) {
        boolean rates = engine.one("select count(*) from daily_rates", row -> row.getLong(1)) > 0;
        if (rates) {
            engine.run("""
                    create or replace table main.%1$s as
                    select t.*, coalesce(r.to_base, 1)::decimal(18, 8) as to_base
                    from main.%1$s as t left join daily_rates as r
                        on r.currency = t.currency and r.day = cast(t.%2$s as date)
                    """.formatted(table.name(), table.clock()));
        } else {
            engine.run("alter table main." + table.name() + " add column to_base decimal(18, 8) default 1");
        }
    }

    private Books books(List<TableReport> reports, List<String> remarks) {
        List<String> others = source.names().stream()
                .filter(name -> Contract.table(name).isEmpty())
                .toList();
        @Nullable
        Instant now = engine.list("select now from clock", row -> row.getObject(1, LocalDateTime.class)).stream()
                .filter(Objects::nonNull)
                .map(moment -> moment.toInstant(ZoneOffset.UTC))
                .findFirst()
                .orElse(null);
        List<String> currencies = engine.list(
                Contract.TABLES.stream()
                        .filter(table -> table.column("currency").isPresent())
                        .filter(table -> !table.name().equals("fx_rates"))
                        .map(table -> "select currency from main." + table.name())
                        .collect(Collectors.joining(" union ", "select distinct currency from (", ") order by 1")),
                row -> row.getString(1));
        List<String> bases = engine.list(
                "select currency from main.fx_rates group by currency having bool_and(rate_to_base = 1) order by currency",
                row -> row.getString(1));
        String base = !bases.isEmpty() ? bases.getFirst() : currencies.size() == 1 ? currencies.getFirst() : null;
        return new Books(engine, source.label(), reports, others, remarks, now, currencies, base, Map.copyOf(feeds));
    }

    private static List<String> statements(String resource) {
        try (InputStream in = Objects.requireNonNull(BooksReader.class.getResourceAsStream(resource), resource)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return List.of(text.replaceAll("(?m)^--.*$", "").split(";\\s*(\\n|$)")).stream()
                    .filter(statement -> !statement.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    private record Loaded(List<String> files, List<String> unreadable, Set<String> columns) {

        TableReport report(Table table, long badRows, long rows) {
            return new TableReport(
                    table.name(), files, unreadable, rows, badRows, missing(table, true), missing(table, false));
        }

        private List<String> missing(Table table, boolean required) {
            return table.columns().stream()
                    .filter(column -> column.required() == required && !columns.contains(column.name()))
                    .map(Column::name)
                    .toList();
        }
    }
}
