package io.opsiq.books;

import io.opsiq.engine.Engine;
import io.opsiq.engine.Sql;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Tables that several questions to the books share, such as {@code due}, what was due on each invoice: each is one SELECT in a
 * file of its name, and is made when a query first names it, once for all.
 */
public final class SharedTables {

    private static final List<String> NAMES = List.of(
            "catalogue",
            "collected",
            "due",
            "in_arrears",
            "invoice_periods",
            "line_sums",
            "misbilled",
            "misbilled_periods",
            "missing_seats",
            "open_ended",
            "overage",
            "pooled_usage",
            "unsettled",
            "terms",
            "unapplied",
            "uninvoiced");

    private static final Pattern NAMED = Pattern.compile(
            "(?i)\\b(?:from|join)\\s+(" + String.join("|", NAMES) + ")\\b|\\b(?:rated|due_of)\\('(\\w+)'\\)");

    private SharedTables() {}

    /** The macros that the tables are written with. */
    static void prepare(Engine engine) {
        engine.run("create macro minor_digits(currency) as case when currency in (%s) then 0 else 2 end"
                .formatted(Money.currenciesWithoutMinorUnits().stream()
                        .map(Sql::literal)
                        .collect(Collectors.joining(", "))));
        Statements.of("macros.sql").forEach(engine::run);
        Statements.of("rhythms.sql").forEach(engine::run);
    }

    /** Makes the tables that this query reads and that are not there yet, with all that they are made from. */
    public static void makeFor(String query, Books books) {
        makeFor(query, books.engine());
    }

    /** As {@link #makeFor(String, Books)}. */
    static void makeFor(String query, Engine engine) {
        Matcher named = NAMED.matcher(query);
        while (named.find()) {
            if (named.group(1) == null) {
                List.of("terms", "catalogue", "overage", "line_sums", named.group(2))
                        .forEach(table -> make(table, engine));
            } else {
                make(named.group(1), engine);
            }
        }
    }

    /** Why it is not known what was due on invoices, and on how many; nothing where no detector has asked for what was due. */
    public static Map<String, Long> unrated(Books books) {
        Map<String, Long> unrated = new LinkedHashMap<>();
        boolean asked = isThere("due", books.engine());
        if (asked && books.table("subscriptions").isPresent()) {
            books.engine().forEach("""
                    select coalesce(unrated, 'its amounts are too large to be meant'), count(*)
                    from due
                    where amount_due is null
                    group by 1
                    order by 2 desc, 1
                    """, row -> unrated.put(row.getString(1), row.getLong(2)));
        }
        return unrated;
    }

    /** How many invoices were paid in another currency without a rate; 0 where no detector has asked what was collected. */
    public static long unconverted(Books books) {
        return count("unsettled", "in_other_currency", books);
    }

    /** How many invoices without a period are taken to be for the month before their date; 0 where no detector has asked for periods. */
    public static long inArrears(Books books) {
        return count("in_arrears", "true", books);
    }

    private static long count(String table, String condition, Books books) {
        return isThere(table, books.engine())
                ? books.engine().one("select count(*) from " + table + " where " + condition, row -> row.getLong(1))
                : 0;
    }

    private static boolean isThere(String table, Engine engine) {
        return engine.one(
                "select count(*) > 0 from duckdb_tables() where table_name = ?", row -> row.getBoolean(1), table);
    }

    private static void make(String table, Engine engine) {
        if (!isThere(table, engine)) {
            String select = Statements.of("shared/" + table + ".sql").getFirst();
            makeFor(select, engine);
            engine.run("create table " + table + " as\n" + select);
        }
    }
}
