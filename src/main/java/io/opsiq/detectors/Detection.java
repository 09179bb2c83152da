package io.opsiq.detectors;

import io.opsiq.books.Books;
import io.opsiq.books.Money;
import io.opsiq.books.SharedTables;
import io.opsiq.detectors.Detector.Phase;
import io.opsiq.engine.Engine;
import io.opsiq.engine.EngineException;
import io.opsiq.engine.Sql;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The detectors at work on one set of books. Facts are found first and their money is counted once: detectors settle from the
 * most specific to the least, and a finding that counts a record already counted gives way to the one that did. Rhythms
 * then see what is left, in the table {@code counted}.
 */
public final class Detection {

    private final Books books;
    private final Engine engine;
    private final Pack pack;
    private final Map<String, Map<String, BigDecimal>> limits;
    private final Consumer<String> progress;
    private final List<Outcome> outcomes = new ArrayList<>();

    /**
     * @param limits learned values of parameters: detector to parameter to value; others keep their defaults
     * @param progress is told the name of each detector before it runs
     */
    public Detection(Books books, Pack pack, Map<String, Map<String, BigDecimal>> limits, Consumer<String> progress) {
        this.books = books;
        this.engine = books.engine();
        this.pack = pack;
        this.limits = limits;
        this.progress = progress;
    }

    /** What became of a detector on these books. */
    public sealed interface Outcome {

        Detector detector();

        /** It ran. */
        record Ran(Detector detector, long found, Duration took) implements Outcome {}

        /** It could not run, and why. */
        record Skipped(Detector detector, String reason) implements Outcome {}
    }

    /** Why the detector cannot run on these books; empty when it can. */
    public static Optional<String> whyNot(Detector detector, Books books) {
        return books.missing(detector.requires()).or(() -> missingAlternatives(detector, books));
    }

    private static Optional<String> missingAlternatives(Detector detector, Books books) {
        List<String> missing = detector.oneOf().stream()
                .map(books::missing)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        return missing.size() < detector.oneOf().size() || missing.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join(", and ", missing));
    }

    /** What could not be judged although its detectors ran, as sentences. */
    public List<String> remarks() {
        Stream<String> unrated = SharedTables.unrated(books).entrySet().stream()
                .map(entry -> "On %,d invoices it is not known what was due: each time %s."
                        .formatted(entry.getValue(), entry.getKey()));
        long unconverted = SharedTables.unconverted(books);
        Stream<String> unmatched = unconverted == 0
                ? Stream.of()
                : Stream.of(
                        "On %,d invoices it is not known what was collected: they were paid in another currency, and fx_rates has no rate for it."
                                .formatted(unconverted));
        return Stream.concat(unrated, unmatched).toList();
    }

    /** Runs every detector that the books allow, facts before rhythms. */
    public List<Outcome> run() {
        return run(List.of());
    }

    /**
     * As {@link #run()}, in this order as far as it goes.
     *
     * @param first ids of detectors; others come after them
     */
    public List<Outcome> run(List<String> first) {
        engine.run("create schema found");
        engine.run("create table found.claims (detector varchar, finding bigint, kind varchar, id varchar)");
        engine.run(
                "create table found.given_way (detector varchar, finding bigint, to_detector varchar, to_finding bigint, "
                        + "amount decimal(18, 4), currency varchar)");
        engine.run(
                "create table found.parted (detector varchar, finding bigint, to_detector varchar, ids varchar[], amount decimal(18, 4))");
        engine.run("create table counted (kind varchar, id varchar, detector varchar, finding bigint)");
        List<Detector> bySpecificity = pack.bySpecificity();
        List<Detector> inOrder = bySpecificity.stream()
                .sorted(Comparator.comparingInt(
                        detector -> first.contains(detector.id()) ? first.indexOf(detector.id()) : first.size()))
                .toList();
        inOrder.stream().filter(detector -> detector.phase() == Phase.FACTS).forEach(this::find);
        bySpecificity.stream().filter(this::hasRun).forEach(this::settle);
        inOrder.stream().filter(detector -> detector.phase() == Phase.RHYTHMS).forEach(this::find);
        new CommonCauses(books).find(bySpecificity.stream().filter(this::hasRun).toList());
        return List.copyOf(outcomes);
    }

    private boolean hasRun(Detector detector) {
        return outcomes.stream()
                .anyMatch(outcome -> outcome instanceof Outcome.Ran
                        && outcome.detector().id().equals(detector.id()));
    }

    private void find(Detector detector) {
        progress.accept(detector.name());
        long started = System.nanoTime();
        Optional<String> whyNot = whyNot(detector, books);
        if (whyNot.isEmpty()) {
            try {
                NamedParameters query = NamedParameters.in(detector.query());
                SharedTables.makeFor(query.sql(), books);
                engine.run(
                        "create table " + table(detector) + " as\n" + query.sql(),
                        query.names().stream()
                                .map(name -> limit(detector, name))
                                .toArray());
                long found = engine.one("select count(*) from " + table(detector), row -> row.getLong(1));
                outcomes.add(new Outcome.Ran(detector, found, Duration.ofNanos(System.nanoTime() - started)));
                return;
            } catch (EngineException e) {
                if (engine.isCancelled()) {
                    throw e;
                }
                whyNot = Optional.of("it failed: " + e.getMessage());
            }
        }
        engine.run("create or replace table " + table(detector)
                + " (amount decimal(18, 4), currency varchar, fact_date date)");
        outcomes.add(new Outcome.Skipped(detector, whyNot.get()));
    }

    private BigDecimal limit(Detector detector, String name) {
        Detector.Param param = detector.params().get(name);
        if (param == null) {
            throw new IllegalStateException(
                    detector.id() + "/query.sql names $" + name + ", which detector.yaml does not have.");
        }
        return limits.getOrDefault(detector.id(), Map.of()).getOrDefault(name, param.value());
    }

    private void settle(Detector detector) {
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
                """.formatted(table(detector)), detector.id());
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
        engine.run("""
                insert into found.parted
                with parts as (
                    select f.rowid as finding, unnest(f.%2$s) as id, unnest(f.%3$s) as amount from %1$s as f
                )
                select ?, parts.finding, min(k.detector), list(parts.id order by parts.id) filter (where k.id is not null),
                    sum(parts.amount) filter (where k.id is not null)
                from parts left join counted as k on k.id = parts.id and k.kind = ?
                group by parts.finding
                having count(k.id) between 1 and count(*) - 1
                """.formatted(table(detector), Sql.identifier(ids), Sql.identifier(shares)), detector.id(), kind);
        engine.run("""
                create or replace table %1$s as
                select f.* replace (
                    f.amount - coalesce(p.amount, 0) as amount,
                    list_filter(f.%2$s, lambda id: not list_contains(coalesce(p.ids, []), id)) as %2$s,
                    list_filter(f.%3$s, lambda amount, place: not list_contains(coalesce(p.ids, []), f.%2$s[place])) as %3$s)
                from %1$s as f left join found.parted as p on p.detector = '%4$s' and p.finding = f.rowid
                order by f.rowid
                """.formatted(table(detector), Sql.identifier(ids), Sql.identifier(shares), detector.id()));
    }

    private void claim(Detector detector, String kind, String column) {
        String type = engine.one(
                "select column_type from (describe select %s from %s)"
                        .formatted(Sql.identifier(column), table(detector)),
                row -> row.getString(1));
        String ids = type.endsWith("[]") ? "unnest(" + Sql.identifier(column) + ")" : Sql.identifier(column);
        engine.run(
                "insert into found.claims select ?, rowid, ?, %s from %s".formatted(ids, table(detector)),
                detector.id(),
                kind);
    }

    private static String table(Detector detector) {
        return "found." + Sql.identifier(detector.id());
    }

    /** Streams the findings of all detectors that ran, those that gave way left out. */
    public void forEachFinding(Consumer<Finding> consumer) {
        Attributes.make(
                engine,
                outcomes.stream()
                        .filter(outcome -> outcome instanceof Outcome.Ran ran && ran.found() > 0)
                        .map(Outcome::detector)
                        .toList());
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Outcome.Ran ran && ran.found() > 0) {
                forEachFinding(ran.detector(), consumer);
            }
        }
    }

    private void forEachFinding(Detector detector, Consumer<Finding> consumer) {
        engine.forEach(
                """
                select
                    f.*,
                    case when f.currency = %2$s then 1 else r.to_base end as "base rate",
                    w.also as "also found",
                    p.left_out as "left out",
                    %3$s as "cause id",
                    %4$s
                from %1$s as f
                left join found.about as a on a.detector = ? and a.finding = f.rowid
                left join daily_rates as r on r.currency = f.currency and r.day = cast(f.fact_date as date)
                left join (
                    select to_finding, list(detector || '|' || amount || '|' || currency order by detector, amount) as also
                    from found.given_way
                    where to_detector = ?
                    group by to_finding
                ) as w on w.to_finding = f.rowid
                left join (
                    select finding, to_detector || '|' || amount || '|' || array_to_string(ids, ', ') as left_out
                    from found.parted
                    where detector = ?
                ) as p on p.finding = f.rowid
                left join found.caused as m on m.detector = ? and m.finding = f.rowid
                left join found.candidates as c on c.rowid = m.cause
                where f.rowid not in (select finding from found.given_way where detector = ?)
                order by f.rowid
                """.formatted(
                                table(detector),
                                Sql.literal(String.valueOf(books.baseCurrency())),
                                CommonCauses.ID,
                                Attributes.SELECTED),
                new FoundRows(values -> consumer.accept(finding(detector, values))),
                detector.id(),
                detector.id(),
                detector.id(),
                detector.id(),
                detector.id());
    }

    /** What findings of one type have in common, the widest first. */
    public List<CommonCause> commonCauses() {
        return new CommonCauses(books).all();
    }

    /** A finding that is no case because another counts its money: its fingerprint, and the name of the other's type. */
    public record GivenWay(String fingerprint, String countedBy) {}

    /** Streams the findings that gave way. */
    public void forEachGivenWay(Consumer<GivenWay> consumer) {
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Outcome.Ran ran && ran.found() > 0) {
                engine.forEach(
                        """
                        select f.*, w.to_detector as "counted by"
                        from %s as f join found.given_way as w on w.detector = ? and w.finding = f.rowid
                        """.formatted(table(ran.detector())),
                        new FoundRows(values -> consumer.accept(givenWay(ran.detector(), values))),
                        ran.detector().id());
            }
        }
    }

    private GivenWay givenWay(Detector detector, Map<String, @Nullable Object> values) {
        String by = String.valueOf(values.get("counted by"));
        return new GivenWay(bare(detector, values).fingerprint(), nameOf(by));
    }

    /** A finding without what is known around it. */
    private static Finding bare(Detector detector, Map<String, @Nullable Object> values) {
        return new Finding(detector, values, List.of(), null, null);
    }

    /**
     * Streams the findings that a detector would not make with another limit, those that gave way left out. What gave way to them is
     * not looked at.
     *
     * @param consumer is given each without its sentences
     */
    public void forEachLost(String detectorId, String parameter, BigDecimal other, Consumer<Finding> consumer) {
        pack.detector(detectorId).filter(this::hasRun).ifPresent(detector -> {
            Set<String> still = fingerprintsWith(detector, parameter, other);
            engine.forEach(
                    "select * from %s where rowid not in (select finding from found.given_way where detector = ?)"
                            .formatted(table(detector)),
                    new FoundRows(values -> Optional.of(bare(detector, values))
                            .filter(each -> !still.contains(each.fingerprint()))
                            .ifPresent(consumer)),
                    detector.id());
        });
    }

    private Set<String> fingerprintsWith(Detector detector, String parameter, BigDecimal other) {
        Set<String> fingerprints = new HashSet<>();
        NamedParameters query = NamedParameters.in(detector.query());
        engine.run(
                "create or replace table found.tried as\n" + query.sql(),
                query.names().stream()
                        .map(name -> name.equals(parameter) ? other : limit(detector, name))
                        .toArray());
        engine.forEach(
                "select * from found.tried",
                new FoundRows(values -> fingerprints.add(bare(detector, values).fingerprint())));
        engine.run("drop table found.tried");
        return fingerprints;
    }

    private Finding finding(Detector detector, Map<String, @Nullable Object> values) {
        Object rate = values.remove("base rate");
        Object also = values.remove("also found");
        Object leftOut = values.remove("left out");
        Object causeId = values.remove("cause id");
        List<String> sentences = new ArrayList<>();
        if (leftOut != null) {
            sentences.add(leftOut(String.valueOf(leftOut), String.valueOf(values.get("currency"))));
        }
        if (also instanceof List<?> list) {
            list.forEach(text -> sentences.add(alsoFound(String.valueOf(text))));
        }
        return new Finding(
                detector,
                values,
                List.copyOf(sentences),
                causeId == null ? null : causeId.toString(),
                rate == null ? null : new BigDecimal(rate.toString()));
    }

    private String leftOut(String left, String currency) {
        String[] parts = left.split("\\|", 3);
        return "%s (%s) is counted elsewhere, as “%s”, and left out here."
                .formatted(parts[2], Money.shown(new BigDecimal(parts[1]), currency), nameOf(parts[0]));
    }

    private String alsoFound(String given) {
        String[] parts = given.split("\\|", 3);
        return "Also found as “%s” (%s); its money is counted here, once."
                .formatted(nameOf(parts[0]), Money.shown(new BigDecimal(parts[1]), parts[2]));
    }

    /** The name of a type, as people say it. */
    public String nameOf(String detector) {
        return pack.detector(detector).map(Detector::name).orElse(detector);
    }
}
