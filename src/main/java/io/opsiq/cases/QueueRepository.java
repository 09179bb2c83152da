package io.opsiq.cases;

import static java.util.stream.Collectors.toMap;

import io.opsiq.books.Money;
import io.opsiq.detectors.Detector.MoneyKind;
import io.opsiq.detectors.Detector.Severity;
import io.opsiq.json.Json;
import io.opsiq.sentiment.CaseSentiment;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Reads the table {@code cases} for the queue: its indexes alone choose and count, rows are read for one page. */
final class QueueRepository {

    private static final String BAND = """
            case when confidence_score >= '%s' then 'high' when confidence_score >= '%s' then 'medium' else 'low' end""".formatted(Confidence.HIGH.from(), Confidence.MEDIUM.from());

    /** As the index has it, word for word: else it could not be used. */
    private static final String SEARCHED = "lower(title || ' ' || case_id || ' ' || affected_entities)";

    CaseQueue page(DSLContext context, CaseFilter filter, CaseSort sort, long offset, int rows) {
        return new CaseQueue(filter, lines(context, filter, sort, offset, rows), counts(context, filter.text()));
    }

    private List<CaseLine> lines(DSLContext context, CaseFilter filter, CaseSort sort, long offset, int rows) {
        Condition where = where(filter);
        String index = filter.text() == null ? "cases_for_queue" : "cases_for_search";
        List<String> ids = context.resultQuery(
                        "select case_id from cases indexed by %s where %s order by %s limit %d offset %d"
                                .formatted(index, where.sql(), sort.sql(), rows, offset),
                        where.after())
                .fetch(0, String.class);
        return lines(context, ids);
    }

    /** These, in this order; those that are no more are left out. */
    List<CaseLine> lines(DSLContext context, List<String> caseIds) {
        Map<String, CaseLine> lines = context.resultQuery("""
                        select
                            case_id, title, anomaly_type, severity, confidence_score, gross_impact, estimated_impact,
                            currency, money_kind, recurring, sentiment_score, status, created_at
                        from cases
                        where case_id in (select value from json_each(?))
                        """, Json.text(caseIds)).stream()
                .map(QueueRepository::toLine)
                .collect(toMap(CaseLine::caseId, line -> line));
        return caseIds.stream().flatMap(id -> Stream.ofNullable(lines.get(id))).toList();
    }

    /**
     * Grouped by what the index is sorted by, which needs no sorting. Learned scores are as many as cases, so the bands are
     * counted and not the scores.
     */
    private static List<CaseCount> counts(DSLContext context, @Nullable String text) {
        Condition chosen = text == null ? Condition.of("true") : matches(text);
        String index = text == null ? "cases_for_counts" : "cases_for_search";
        return context
                .resultQuery(
                        """
                        select
                            status, anomaly_type, severity, currency,
                            sum(confidence_score >= '%1$s') as high,
                            sum(confidence_score < '%1$s' and confidence_score >= '%2$s') as medium,
                            sum(confidence_score < '%2$s') as low
                        from cases indexed by %3$s
                        where %4$s
                        group by status, anomaly_type, severity, currency
                        """.formatted(Confidence.HIGH.from(), Confidence.MEDIUM.from(), index, chosen.sql()),
                        chosen.after())
                .stream()
                .flatMap(row -> Stream.of(Confidence.values()).map(band -> counted(row, band)))
                .filter(counted -> counted.cases() > 0)
                .toList();
    }

    private static CaseCount counted(Record row, Confidence band) {
        return new CaseCount(
                CaseStatus.of(text(row, "status")).orElseThrow(),
                text(row, "anomaly_type"),
                Severity.valueOf(text(row, "severity").toUpperCase(Locale.ROOT)),
                text(row, "currency"),
                band,
                row.get(word(band), Long.class));
    }

    private static Condition where(CaseFilter filter) {
        CaseStatus status = filter.status();
        return (status == null ? Condition.of("status <> 'suppressed'") : Condition.equal("status", status.word()))
                .and(filter.type(), type -> Condition.equal("anomaly_type", type))
                .and(filter.severity(), severity -> Condition.equal("severity", word(severity)))
                .and(filter.confidence(), confidence -> Condition.equal(BAND, word(confidence)))
                .and(filter.currency(), currency -> Condition.equal("currency", currency))
                .and(filter.text(), QueueRepository::matches);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** Of letters, the case of those that SQLite knows, A to Z, does not matter. */
    private static Condition matches(String text) {
        return Condition.of("instr(" + SEARCHED + ", lower(?)) > 0", text);
    }

    private static CaseLine toLine(Record row) {
        String currency = text(row, "currency");
        BigDecimal score = new BigDecimal(text(row, "confidence_score"));
        return new CaseLine(
                text(row, "case_id"),
                text(row, "title"),
                text(row, "anomaly_type"),
                Severity.valueOf(text(row, "severity").toUpperCase(Locale.ROOT)),
                Confidence.of(score),
                score,
                amount(row, "gross_impact", currency),
                amount(row, "estimated_impact", currency),
                currency,
                MoneyKind.valueOf(text(row, "money_kind").toUpperCase(Locale.ROOT)),
                row.get("recurring", Long.class) == 1,
                Json.read(text(row, "sentiment_score"), CaseSentiment.class).overallRiskLevel(),
                CaseStatus.of(text(row, "status")).orElseThrow(),
                Instant.parse(text(row, "created_at")));
    }

    private static BigDecimal amount(Record row, String column, String currency) {
        return Money.rounded(BigDecimal.valueOf(row.get(column, Long.class), 4), currency);
    }

    private static String text(Record row, String column) {
        return row.get(column, String.class);
    }
}
