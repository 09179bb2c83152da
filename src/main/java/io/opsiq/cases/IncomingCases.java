package io.opsiq.cases;

import io.opsiq.detectors.Detection.GivenWay;
import io.opsiq.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jooq.DSLContext;

/** The cases of a run on their way into the state, in temporary tables, so that merging them is a set operation. */
final class IncomingCases implements AutoCloseable {

    private static final int BATCH = 500;
    private static final BigDecimal UNITS = new BigDecimal(10_000);
    private static final String INSERT = """
            insert into incoming values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String INSERT_GIVEN_WAY = "insert or ignore into given_way values (?, ?)";

    private final DSLContext transaction;
    private final List<Object[]> found = new ArrayList<>();
    private final List<Object[]> givenWay = new ArrayList<>();

    IncomingCases(DSLContext transaction) {
        this.transaction = transaction;
        dropAll();
        transaction.execute("create temporary table given_way (case_id text primary key, reason text) without rowid");
        transaction.execute("""
                create temporary table incoming (
                    case_id text, fingerprint text, anomaly_type text, title text, severity text,
                    confidence_score text, gross_impact integer, estimated_impact integer, currency text,
                    base_impact integer, money_kind text, recurring integer, in_totals integer, rank integer,
                    evidence text, evidence_sql text, affected_entities text, features text, recommended_action text,
                    sentiment_score text, confidence_reasons text, evidence_count integer, problem_id text)
                """);
    }

    /** A case that the run saw and another counts. */
    void add(GivenWay given) {
        givenWay.add(new Object[] {
            CaseAssessment.idOf(given.fingerprint()),
            "Its money is counted by a more specific case now: “" + given.countedBy() + "”."
        });
        if (givenWay.size() == BATCH) {
            flush(INSERT_GIVEN_WAY, givenWay);
        }
    }

    void add(CaseAssessment assessed) {
        var finding = assessed.finding();
        var detector = finding.detector();
        List<String> evidence = finding.evidence();
        found.add(new Object[] {
            assessed.caseId(),
            finding.fingerprint(),
            detector.id(),
            finding.title(),
            detector.severity(assessed.baseImpact() == null ? assessed.grossImpact() : assessed.baseImpact())
                    .name()
                    .toLowerCase(Locale.ROOT),
            assessed.confidenceScore().toPlainString(),
            units(assessed.grossImpact()),
            units(assessed.estimatedImpact()),
            finding.currency(),
            assessed.baseImpact() == null ? null : units(assessed.baseImpact()),
            finding.moneyKind().name().toLowerCase(Locale.ROOT),
            detector.recurring() ? 1 : 0,
            detector.inTotals() ? 1 : 0,
            units(assessed.expectedMoney()),
            Json.text(evidence),
            finding.evidenceSql(),
            Json.text(finding.entities()),
            Json.text(finding.features()),
            detector.recommendedAction(),
            Json.text(assessed.sentiment()),
            Json.text(assessed.confidenceReasons()),
            evidence.size(),
            finding.causeId()
        });
        if (found.size() == BATCH) {
            flush(INSERT, found);
        }
    }

    /** To be called after the last one; of two findings about the same fact the first stands. */
    void complete() {
        flush(INSERT, found);
        flush(INSERT_GIVEN_WAY, givenWay);
        transaction.execute("create index incoming_by_case on incoming (case_id)");
        transaction.execute(
                "delete from incoming where rowid not in (select min(rowid) from incoming group by case_id)");
    }

    private void flush(String insert, List<Object[]> rows) {
        if (!rows.isEmpty()) {
            transaction.batch(insert, rows.toArray(Object[][]::new)).execute();
            rows.clear();
        }
    }

    private void dropAll() {
        transaction.execute("drop table if exists incoming");
        transaction.execute("drop table if exists given_way");
    }

    /** Ten-thousandths, as the state keeps amounts. */
    private static long units(BigDecimal amount) {
        return amount.multiply(UNITS).setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    @Override
    public void close() {
        dropAll();
    }
}
