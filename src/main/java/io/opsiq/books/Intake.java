package io.opsiq.books;

import io.opsiq.engine.Engine;
import io.opsiq.engine.EngineException;
import io.opsiq.engine.Sql;
import io.opsiq.sources.Feed;
import io.opsiq.sources.SourceException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Rows on their way into the tables: copied, judged, and taken out again where they are bad. */
final class Intake {

    private final Engine engine;
    private final LocalDate latest;
    private final Map<Integer, Feed> feeds = new TreeMap<>();

    /** @param latest the last day on which a fact may lie */
    Intake(Engine engine, LocalDate latest) {
        this.engine = engine;
        this.latest = latest;
    }

    /** The feeds that were read, by the numbers that bad rows refer to. */
    Map<Integer, Feed> feeds() {
        return Map.copyOf(feeds);
    }

    /**
     * An empty table with the contract's columns, and beside them the first flaw of each row; and one for the rows that are set
     * aside, with what can be read of them.
     */
    void create(Table table) {
        String columns = table.columns().stream()
                .map(column ->
                        Sql.identifier(column.name()) + " " + column.type().sql())
                .collect(Collectors.joining(", "));
        engine.run("create table main.%s (%s, flaw struct(column_name varchar, value varchar, reason varchar))"
                .formatted(table.name(), columns));
        engine.run("create table set_aside.%s (%s)".formatted(table.name(), columns));
    }

    /** Reads a feed into its table and notes its bad rows. Throws {@link SourceException} when it cannot be read. */
    void copy(Table table, Feed feed) {
        int number = number(feed);
        long first = engine.one("select coalesce(max(rowid) + 1, 0) from main." + table.name(), row -> row.getLong(1));
        engine.run("insert into intake.feeds values (?, ?, ?)", table.name(), number, first);
        RowReading reading = new RowReading(table, feed.columns(), latest);
        try {
            note(table.name(), number, feed.copy(engine, reading::insertFrom));
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

    /** Notes rows that could not be split, of a table that is not one of the contract's. */
    void note(String rawTable, Feed feed, List<Feed.Reject> rejects) {
        note(rawTable, number(feed), rejects);
    }

    private void note(String table, int feed, List<Feed.Reject> rejects) {
        for (Feed.Reject reject : rejects) {
            engine.run(
                    "insert into intake.bad_rows values (?, ?, null, ?, null, ?, ?)",
                    table,
                    feed,
                    reject.line(),
                    reject.value(),
                    reject.reason());
        }
    }

    private int number(Feed feed) {
        int number = feeds.size();
        feeds.put(number, feed);
        return number;
    }

    /** Rows of unknown customers, then rows whose id a row before them already has. */
    void findStrangers(Table table, boolean customersKnown) {
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

    /** Digests, sorted, cost less than ids or groups; where two ids share one, the exact search finds nothing. */
    private boolean mayHaveRepeatedIds(Table table) {
        return engine.one("""
                select exists (
                    from (
                        select digest = lag(digest) over () as repeated
                        from (select hash(%1$s) as digest from main.%2$s order by digest)
                    )
                    where repeated
                )
                """.formatted(table.id(), table.name()), row -> row.getBoolean(1));
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

    /** Takes the bad rows out of the table and counts them; from here on its row ids mean nothing. */
    long takeOutBadRows(Table table) {
        long bad = engine.one(
                "select count(*) from intake.bad_rows where table_name = ?", row -> row.getLong(1), table.name());
        if (bad > 0) {
            engine.run("""
                    insert into set_aside.%1$s
                    select * exclude (flaw) from main.%1$s where rowid in (%2$s)
                    """.formatted(table.name(), badRows(table)));
            engine.run("delete from main.%s where rowid in (%s)".formatted(table.name(), badRows(table)));
            forgetCopies(table);
        }
        return bad;
    }

    /** What detectors look for among rows set aside is what the books may miss: a copy of a row that stands is not missed. */
    private void forgetCopies(Table table) {
        if (table.id() != null) {
            engine.run("""
                    delete from set_aside.%1$s where rowid in (
                        select copy.rowid
                        from set_aside.%1$s as copy
                        join main.%1$s as kept using (%2$s)
                        where row(%3$s) is not distinct from row(%4$s)
                    )
                    """.formatted(table.name(), table.id(), columnsOf("copy", table), columnsOf("kept", table)));
        }
    }

    private static String columnsOf(String alias, Table table) {
        return table.columns().stream()
                .map(column -> alias + "." + Sql.identifier(column.name()))
                .collect(Collectors.joining(", "));
    }

    private static String badRows(Table table) {
        return """
                select f.first_row + b.ordinal
                from intake.bad_rows as b join intake.feeds as f using (table_name, feed)
                where table_name = '%s' and b.ordinal is not null
                """.formatted(table.name());
    }

    /** What remains are the contract's columns alone. */
    void dropFlaws(Table table) {
        engine.run("alter table main." + table.name() + " drop column flaw");
    }

    /** Rows that the table holds now. */
    long rows(Table table) {
        return engine.one("select count(*) from main." + table.name(), row -> row.getLong(1));
    }
}
