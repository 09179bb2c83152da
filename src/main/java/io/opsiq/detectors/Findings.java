package io.opsiq.detectors;

import io.opsiq.books.Books;
import io.opsiq.books.Money;
import io.opsiq.detectors.Detection.GivenWay;
import io.opsiq.engine.Engine;
import io.opsiq.engine.Sql;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what detectors found, after it was settled, row by row from the engine. */
final class Findings {

    private final Books books;
    private final Engine engine;
    private final Pack pack;

    Findings(Books books, Pack pack) {
        this.books = books;
        this.engine = books.engine();
        this.pack = pack;
    }

    /** Those that stand, with what is known around them. {@link Attributes#make} comes first. */
    void forEachStanding(Detector detector, Consumer<Finding> consumer) {
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
                                Detection.table(detector),
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

    /** Those that gave way to others. */
    void forEachGivenWay(Detector detector, Consumer<GivenWay> consumer) {
        engine.forEach(
                """
                select f.*, w.to_detector as "counted by"
                from %s as f join found.given_way as w on w.detector = ? and w.finding = f.rowid
                """.formatted(Detection.table(detector)),
                new FoundRows(values -> consumer.accept(givenWay(detector, values))),
                detector.id());
    }

    private GivenWay givenWay(Detector detector, Map<String, @Nullable Object> values) {
        String by = String.valueOf(values.get("counted by"));
        return new GivenWay(bare(detector, values).fingerprint(), pack.nameOf(by));
    }

    /** A finding without what is known around it. */
    private static Finding bare(Detector detector, Map<String, @Nullable Object> values) {
        return new Finding(detector, values, List.of(), null, null);
    }

    /** Those that stand and are not among the findings in {@code others}, a table of the same detector's; without their sentences. */
    void forEachStandingBut(String others, Detector detector, Consumer<Finding> consumer) {
        String same = detector.fingerprint().stream()
                .map(Sql::identifier)
                .map(column -> "o." + column + " is not distinct from f." + column)
                .collect(Collectors.joining(" and "));
        engine.forEach(
                """
                select f.*
                from %s as f
                where f.rowid not in (select finding from found.given_way where detector = ?)
                    and not exists (select 1 from %s as o where %s)
                """.formatted(Detection.table(detector), others, same),
                new FoundRows(values -> consumer.accept(bare(detector, values))),
                detector.id());
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
                .formatted(parts[2], Money.shown(new BigDecimal(parts[1]), currency), pack.nameOf(parts[0]));
    }

    private String alsoFound(String given) {
        String[] parts = given.split("\\|", 3);
        return "Also found as “%s” (%s); its money is counted here, once."
                .formatted(pack.nameOf(parts[0]), Money.shown(new BigDecimal(parts[1]), parts[2]));
    }
}
