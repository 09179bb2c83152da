package io.opsiq.books;

import io.opsiq.engine.Engine;
import io.opsiq.sources.Feed;
import io.opsiq.sources.FeedColumn;
import io.opsiq.sources.Source;
import io.opsiq.sources.SourceException;
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
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a source into the engine as {@link Books}: types, bad rows, clock, rates. Then the engine is sealed. */
public final class BooksReader {

    private final Engine engine;
    private final Source source;
    private final @Nullable Instant asOf;
    private final Consumer<String> progress;
    private final Intake intake;

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
        this.intake = new Intake(engine, latestDay(asOf, clock));
    }

    private static LocalDate latestDay(@Nullable Instant asOf, Clock clock) {
        LocalDate tomorrow =
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(1);
        LocalDate asOfDay = asOf == null ? tomorrow : LocalDate.ofInstant(asOf, ZoneOffset.UTC);
        return asOfDay.isAfter(tomorrow) ? asOfDay : tomorrow;
    }

    /** Reads all tables. Throws {@link BooksException} when there is not one table of the contract. */
    public Books read() {
        engine.makeRoomFor(source.bytes());
        Statements.of("reading.sql").forEach(engine::run);
        Source.Prepared prepared = source.prepare(engine);
        prepared.refused().forEach(raw -> intake.note(raw.rawTable(), raw.feed(), raw.rows()));
        List<String> remarks = new ArrayList<>(prepared.remarks());
        prepared.refused()
                .forEach(raw -> remarks.add("%s: %d of its rows cannot be split into fields and are set aside."
                        .formatted(raw.feed().label(), raw.rows().size())));
        Map<Table, Loaded> loaded = loadAll(prepared.unreadable(), remarks);
        source.release(engine);
        requireOneTable(loaded.keySet(), remarks);
        boolean customersKnown = customersKnown(loaded);
        loaded.keySet().forEach(table -> intake.findStrangers(table, customersKnown));
        List<TableReport> reports = loaded.entrySet().stream()
                .map(entry -> report(entry.getKey(), entry.getValue()))
                .toList();
        Contract.TABLES.forEach(intake::dropFlaws);
        engine.run("create table clock as " + clockQuery(loaded.keySet()));
        Statements.of("rates.sql").forEach(engine::run);
        SharedTables.prepare(engine);
        Contract.TABLES.stream().filter(Table::convertible).forEach(this::addRates);
        engine.seal();
        return books(reports, remarks);
    }

    /** @param missed files that any table may have rows from, and that could not be read */
    private Map<Table, Loaded> loadAll(List<String> missed, List<String> remarks) {
        Map<Table, Loaded> loaded = new LinkedHashMap<>();
        for (Table table : Contract.TABLES) {
            intake.create(table);
            if (source.names().contains(table.name())) {
                progress.accept(table.name());
                load(table, missed, remarks).ifPresent(read -> loaded.put(table, read));
            }
        }
        return loaded;
    }

    private TableReport report(Table table, Loaded loaded) {
        long badRows = intake.takeOutBadRows(table);
        return new TableReport(
                table.name(),
                loaded.files(),
                loaded.unreadable(),
                intake.rows(table),
                badRows,
                loaded.missing(table, true),
                loaded.missing(table, false));
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

    /** What was read of the table; nothing when none of its files can be read. */
    private Optional<Loaded> load(Table table, List<String> missed, List<String> remarks) {
        List<String> labels = new ArrayList<>();
        List<String> unreadable = new ArrayList<>(missed);
        Set<String> there = new TreeSet<>();
        for (Feed feed : source.feeds(table.name(), engine)) {
            try {
                intake.copy(table, feed);
                labels.add(feed.label());
                feed.columns().stream().map(FeedColumn::name).forEach(there::add);
            } catch (SourceException e) {
                unreadable.add(feed.label());
                remarks.add(String.valueOf(e.getMessage()));
            }
        }
        return labels.isEmpty() ? Optional.empty() : Optional.of(new Loaded(labels, unreadable, there));
    }

    /** Whether there are customers to know: a file without ids or rows says nothing about who is unknown. */
    private boolean customersKnown(Map<Table, Loaded> loaded) {
        return loaded.entrySet().stream()
                .anyMatch(entry -> entry.getKey().name().equals("customers")
                        && entry.getValue().columns().contains("customer_id")
                        && intake.rows(entry.getKey()) > 0);
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

    /** Whether the table has amounts of a currency whose rate is not always 1. */
    private boolean isConverted(Table table) {
        return engine.one("""
                select exists (
                    select 1
                    from (select distinct currency from main.%s)
                    join daily_rates using (currency)
                    where to_base <> 1
                )
                """.formatted(table.name()), row -> row.getBoolean(1));
    }

    private void addRates(Table table) {
        if (isConverted(table)) {
            engine.run("""
                    create or replace table main.%1$s as
                    select t.*, coalesce(r.to_base, 1)::decimal(20, 8) as to_base
                    from main.%1$s as t left join daily_rates as r
                        on r.currency = t.currency and r.day = cast(t.%2$s as date)
                    """.formatted(table.name(), table.clock()));
        } else {
            engine.run("alter table main." + table.name() + " add column to_base decimal(20, 8) default 1");
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
        return new Books(engine, source.label(), reports, others, remarks, now, currencies, base, intake.feeds());
    }

    private record Loaded(List<String> files, List<String> unreadable, Set<String> columns) {

        List<String> missing(Table table, boolean required) {
            return table.columns().stream()
                    .filter(column -> column.required() == required && !columns.contains(column.name()))
                    .map(Column::name)
                    .toList();
        }
    }
}
