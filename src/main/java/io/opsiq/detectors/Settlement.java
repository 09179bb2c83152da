package io.opsiq.detectors;

import io.opsiq.engine.Engine;
import io.opsiq.engine.Sql;

/**
 * Money once: detectors settle from the most specific to the least. A finding that counts a record which another has counted gives way
 * to it (table {@code found.given_way}), or leaves the record out where its amount has a share for each (table {@code found.parted}).
 * What stands is in the table {@code counted}.
 */
final class Settlement {

    private final Engine engine;

    Settlement(Engine engine) {
        this.engine = engine;
        engine.run("create table found.claims (detector varchar, finding bigint, kind varchar, id varchar)");
        engine.run(
                "create table found.given_way (detector varchar, finding bigint, to_detector varchar, to_finding bigint, "
                        + "amount decimal(18, 4), currency varchar)");
        engine.run(
                "create table found.parted (detector varchar, finding bigint, to_detector varchar, ids varchar[], amount decimal(18, 4))");
        engine.run("create table counted (kind varchar, id varchar, detector varchar, finding bigint)");
    }

    /** To be called once for each detector, in the order of their specificity. */
    void settle(Detector detector) {
        if (detector.shares() != null) {
            detector.counts().forEach((kind, ids) -> leaveOut(detector, kind, ids, detector.shares()));
        }
        detector.counts().forEach((kind, column) -> claim(detector, kind, column));
        engine.run("""
                insert into found.given_way
                select c.detector, c.finding, k.detector, k.finding, f.amount, f.currency
                from found.claims as c
                join counted as k using (kind, id)
                join %s as f on f.rowid = c.finding
                where c.detector = ?
                qualify row_number() over (partition by c.finding order by k.detector, k.finding) = 1
                """.formatted(Detection.table(detector)), detector.id());
        engine.run("""
                insert into counted
                select kind, id, detector, min(finding)
                from found.claims
                where detector = ?
                    and finding not in (select finding from found.given_way where detector = ?)
                group by kind, id, detector
                """, detector.id(), detector.id());
    }

    /** Takes the records that others have counted out of findings that keep at least one; the others give way as a whole. */
    private void leaveOut(Detector detector, String kind, String ids, String shares) {
        engine.run(
                """
                insert into found.parted
                with parts as (
                    select f.rowid as finding, unnest(f.%2$s) as id, unnest(f.%3$s) as amount from %1$s as f
                )
                select ?, parts.finding, min(k.detector), list(parts.id order by parts.id) filter (where k.id is not null),
                    sum(parts.amount) filter (where k.id is not null)
                from parts left join counted as k on k.id = parts.id and k.kind = ?
                group by parts.finding
                having count(k.id) between 1 and count(*) - 1
                """.formatted(Detection.table(detector), Sql.identifier(ids), Sql.identifier(shares)),
                detector.id(),
                kind);
        engine.run(
                """
                create or replace table %1$s as
                select f.* replace (
                    f.amount - coalesce(p.amount, 0) as amount,
                    list_filter(f.%2$s, lambda id: not list_contains(coalesce(p.ids, []), id)) as %2$s,
                    list_filter(f.%3$s, lambda amount, place: not list_contains(coalesce(p.ids, []), f.%2$s[place])) as %3$s)
                from %1$s as f left join found.parted as p on p.detector = '%4$s' and p.finding = f.rowid
                order by f.rowid
                """.formatted(Detection.table(detector), Sql.identifier(ids), Sql.identifier(shares), detector.id()));
    }

    private void claim(Detector detector, String kind, String column) {
        String type = engine.one(
                "select column_type from (describe select %s from %s)"
                        .formatted(Sql.identifier(column), Detection.table(detector)),
                row -> row.getString(1));
        String ids = type.endsWith("[]") ? "unnest(" + Sql.identifier(column) + ")" : Sql.identifier(column);
        engine.run(
                "insert into found.claims select ?, rowid, ?, %s from %s".formatted(ids, Detection.table(detector)),
                detector.id(),
                kind);
    }
}
