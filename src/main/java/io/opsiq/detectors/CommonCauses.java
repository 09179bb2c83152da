package io.opsiq.detectors;

import io.opsiq.books.Books;
import io.opsiq.engine.Engine;
import io.opsiq.engine.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Groups the findings of a type by what they share. A detector names what may be a cause; it is one where its findings have a value
 * far more often than the books do: of those with the value at most one in five may be there by chance, and the likelihood
 * ratio (Dunning's G²) must exceed what many values would reach by luck. A value that the books cannot be asked about (the
 * day on which a price ended) says it all by itself, unless it is one of few that share the findings evenly. Each finding belongs to one
 * cause at most, the one that the most speaks for.
 */
final class CommonCauses {

    private static final int FEWEST = 3;

    /** The id of the candidate {@code c}, in SQL. */
    static final String ID = "'" + CommonCause.ID_START
            + "' || upper(substr(sha256(c.detector || '|' || c.name || '|' || cast(c.shared_values as varchar)), 1, 12))";

    private final Set<Population> asked = new HashSet<>();
    private final Engine engine;
    private final Books books;

    CommonCauses(Books books) {
        this.books = books;
        this.engine = books.engine();
    }

    /** Fills {@code found.candidates}, what may be a cause, and {@code found.caused}, which findings each of them is behind. */
    void find(List<Detector> detectors) {
        engine.run("""
                create table found.candidates (
                    detector varchar, name varchar, columns varchar[], shared_values varchar[], findings bigint, of_all bigint,
                    by_chance double, speaks_for_itself boolean, strength double)
                """);
        engine.run("create table found.members (detector varchar, finding bigint, cause bigint, strength double)");
        detectors.stream()
                .filter(this::mayHaveOne)
                .forEach(detector -> detector.causes().forEach((name, columns) -> weigh(detector, name, columns)));
        engine.run("""
                create table found.caused as
                with strongest as (
                    select detector, finding, cause
                    from found.members
                    qualify row_number() over (partition by detector, finding order by strength desc, cause) = 1
                )
                select detector, finding, cause
                from strongest
                qualify count(*) over (partition by cause) >= %d
                """.formatted(FEWEST));
    }

    private boolean mayHaveOne(Detector detector) {
        return engine.one("select count(*) from " + table(detector), row -> row.getLong(1)) >= FEWEST;
    }

    private void weigh(Detector detector, String name, List<String> columns) {
        if (engine.run(weighed(detector, columns), detector.id(), FEWEST, detector.id(), name) > 0) {
            join(detector, name, columns);
        }
    }

    /** What the findings of a type share, and what speaks for its being their cause: G² against the part that is there by chance. */
    private String weighed(Detector detector, List<String> columns) {
        List<Optional<Population>> populations = columns.stream()
                .map(column -> Population.of(column, detector, books))
                .toList();
        return """
            insert into found.candidates
            with found_here as (
                select rowid as finding, %1$s
                from %2$s as f
                where rowid not in (select finding from found.given_way where detector = ?)
            ),

            shared as (
                select *, count(*) as findings, (select count(*) from found_here) as of_all
                from (select %3$s from found_here)
                where columns(*) is not null
                group by all
                having count(*) >= ?
            ),

            weighed as (
                select [%3$s] as shared_values, findings, of_all, %4$s as by_chance, count(*) over () as candidates
                from shared
                %5$s
            )

            select ?, ?, [%6$s], shared_values, findings, of_all, by_chance, %7$s as speaks_for_itself, 2 * (
                        findings * ln(findings / (of_all * greatest(by_chance, 1e-9)))
                        + case
                            when findings = of_all then 0
                            else (of_all - findings) * ln((of_all - findings) / (of_all * greatest(1 - by_chance, 1e-9)))
                        end
            ) as strength
            from weighed
            where case
                when speaks_for_itself then by_chance = 1 or findings >= 2 * by_chance * of_all
                else by_chance between 0 and 0.9999
                    and (of_all - findings) * by_chance <= 0.2 * findings * (1 - by_chance)
                    and strength >= 15 + 2 * ln(candidates)
            end
            """.formatted(
                        each(columns, (column, i) -> "%s as shared_%d".formatted(value(column), i)),
                        table(detector),
                        each(columns, (column, i) -> "shared_" + i),
                        byChance(populations),
                        joins(populations),
                        each(columns, (column, i) -> Sql.literal(column)),
                        populations.stream().anyMatch(Optional::isEmpty));
    }

    /** Notes which findings have the values of each candidate. */
    private void join(Detector detector, String name, List<String> columns) {
        engine.run("""
                insert into found.members
                select c.detector, f.rowid, c.rowid, c.strength
                from %s as f
                join found.candidates as c on c.shared_values = [%s]
                where c.detector = ? and c.name = ?
                    and f.rowid not in (select finding from found.given_way where detector = c.detector)
                """.formatted(table(detector), each(columns, (column, i) -> value(column))), detector.id(), name);
    }

    private static String byChance(List<Optional<Population>> populations) {
        return IntStream.range(0, populations.size())
                .mapToObj(i -> populations.get(i).isPresent()
                        ? "coalesce(population_%d.share, 0)".formatted(i)
                        : "1 / (select count(distinct shared_%d) from found_here)".formatted(i))
                .collect(Collectors.joining(" * "));
    }

    private String joins(List<Optional<Population>> populations) {
        return IntStream.range(0, populations.size())
                .mapToObj(i -> populations
                        .get(i)
                        .map(population ->
                                "left join %s as population_%2$d on population_%2$d.member = lower(shared_%2$d)"
                                        .formatted(asked(population), i))
                        .orElse(""))
                .collect(Collectors.joining("\n"));
    }

    /** The table with the shares of a population; the books are asked once for each. */
    private String asked(Population population) {
        String name = "found." + Sql.identifier("shares of " + population.table() + " by " + population.found());
        if (asked.add(population)) {
            engine.run("create table " + name + " as " + population.shares());
        }
        return name;
    }

    /** Streams the causes, the widest first. */
    List<CommonCause> all() {
        return engine.list("""
                select
                    %s as id,
                    c.detector,
                    c.name,
                    c.columns,
                    c.shared_values,
                    count(*) as findings,
                    round(cast(count(*) / any_value(c.of_all) as decimal(9, 6)), 4) as share,
                    round(cast(any_value(c.by_chance) as decimal(9, 6)), 4) as expected_share
                from found.caused as m
                join found.candidates as c on c.rowid = m.cause
                group by all
                order by findings desc, id
                """.formatted(ID), CommonCauses::cause);
    }

    private static CommonCause cause(ResultSet row) throws SQLException {
        Object[] columns = (Object[]) row.getArray("columns").getArray();
        Object[] values = (Object[]) row.getArray("shared_values").getArray();
        Map<String, String> shared = new LinkedHashMap<>();
        for (int i = 0; i < columns.length; i++) {
            shared.put(String.valueOf(columns[i]), String.valueOf(values[i]));
        }
        return new CommonCause(
                row.getString("id"),
                row.getString("detector"),
                row.getString("name"),
                shared,
                row.getLong("findings"),
                row.getBigDecimal("share"),
                row.getBigDecimal("expected_share"));
    }

    private static String value(String column) {
        return column.equals(Population.DAY)
                ? "cast(cast(f.fact_date as date) as varchar)"
                : "cast(f.%s as varchar)".formatted(Sql.identifier(column));
    }

    private static String table(Detector detector) {
        return "found." + Sql.identifier(detector.id());
    }

    private interface Written {
        String as(String column, int place);
    }

    private static String each(List<String> columns, Written written) {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> written.as(columns.get(i), i))
                .collect(Collectors.joining(", "));
    }
}
