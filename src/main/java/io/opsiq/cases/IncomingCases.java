package io.opsiq.cases;

import io.opsiq.detectors.Detection.GivenWay;
import io.opsiq.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * The cases of a run on their way into the state, in temporary tables, so that merging them is a set operation. They go away with the
 * connection.
 */
public final class IncomingCases {

    private static final int BATCH = 500;
    private static final BigDecimal UNITS = new BigDecimal(10_000);

    private final Batch found;
    private final Batch givenWay;
    private final Repeated sentiment = new Repeated();
    private final Repeated reasons = new Repeated();
    private final DSLContext context;

    IncomingCases(DSLContext context) {
        this.context = context;
        context.execute("pragma temp.cache_size = -16384");
        context.execute("create temporary table given_way (case_id text primary key, reason text) without rowid");
        context.execute("""
                create temporary table incoming (
                    case_id text unique, fingerprint text, anomaly_type text, title text, severity text,
                    confidence_score text, gross_impact integer, estimated_impact integer, currency text,
                    base_impact integer, money_kind text, recurring integer, in_totals integer, rank integer,
                    evidence text, evidence_sql text, affected_entities text, features text, recommended_action text,
                    sentiment_score text, confidence_reasons text, evidence_count integer, problem_id text)
                """);
        found = new Batch("incoming", 23);
        givenWay = new Batch("given_way", 2);
    }

    /** JSON of what is mostly the same as in the row before. */
    private static final class Repeated {

        private Object last = List.of();
        private String text = Json.text(last);

        String of(Object value) {
            if (!last.equals(value)) {
                text = Json.text(value);
                last = value;
            }
            return text;
        }
    }

    /** Rows for a table, handed over by the hundreds; of two with the same key the first stands. */
    private final class Batch {

        private final String insert;
        private final List<Row> rows = new ArrayList<>();

        Batch(String table, int columns) {
            insert = "insert or ignore into temp." + table + " values ("
                    + String.join(", ", Collections.nCopies(columns, "?")) + ")";
        }

        void add(Row row) {
            rows.add(row);
            if (rows.size() == BATCH) {
                flush();
            }
        }

        void flush() {
            context.connection(connection -> {
                try (PreparedStatement statement = connection.prepareStatement(insert)) {
                    insert(statement);
                } catch (SQLException e) {
                    throw new DataAccessException(e.getMessage(), e);
                }
            });
            rows.clear();
        }

        private void insert(PreparedStatement statement) throws SQLException {
            for (Row row : rows) {
                row.bind(statement);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** Values of a row, in the order of the columns. */
    static final class Row {

        private final @Nullable Object[] values;

        private Row(@Nullable Object... values) {
            this.values = values;
        }

        private void bind(PreparedStatement statement) throws SQLException {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
        }
    }

    void add(Row row) {
        found.add(row);
    }

    /** A case that the run saw and another counts. */
    void add(GivenWay given) {
        givenWay.add(new Row(
                CaseAssessment.idOf(given.fingerprint()),
                "Its money is counted by a more specific case now: “" + given.countedBy() + "”."));
    }

    /** A case as a row, to be added. Not to be called by two threads at once, but while another adds. */
    Row row(CaseAssessment assessed) {
        var finding = assessed.finding();
        var detector = finding.detector();
        List<String> evidence = finding.evidence();
        return new Row(
                assessed.caseId(),
                assessed.fingerprint(),
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
                sentiment.of(assessed.sentiment()),
                reasons.of(assessed.confidenceReasons()),
                evidence.size(),
                finding.causeId());
    }

    /** To be called after the last one. */
    void complete() {
        found.flush();
        givenWay.flush();
        context.execute("create index temp.incoming_by_rank on incoming (rank desc, case_id)");
    }

    /** Ten-thousandths, as the state keeps amounts. */
    private static long units(BigDecimal amount) {
        return amount.multiply(UNITS).setScale(0, RoundingMode.HALF_UP).longValueExact();
    }
}
