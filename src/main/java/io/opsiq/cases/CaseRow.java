package io.opsiq.cases;

import io.opsiq.books.Money;
import io.opsiq.detectors.Detector.MoneyKind;
import io.opsiq.detectors.Detector.Severity;
import io.opsiq.json.Json;
import io.opsiq.sentiment.CaseSentiment;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.type.TypeReference;

/** A row of the table {@code cases} as a case, or as the JSON that the case would be; the places are those in {@link #COLUMNS}. */
final class CaseRow {

    static final String COLUMNS = """
            case_id, run_id, title, anomaly_type, severity, confidence_score, confidence_reasons, gross_impact, estimated_impact,
            currency, base_impact, money_kind, recurring, in_totals, evidence, evidence_sql, affected_entities, features,
            recommended_action, status, status_reason, created_at, updated_at, sentiment_score, fingerprint, problem_id""";

    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

    private CaseRow() {}

    static Case read(ResultSet row) throws SQLException {
        String currency = row.getString(10);
        BigDecimal score = new BigDecimal(row.getString(6));
        return new Case(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                Severity.valueOf(row.getString(5).toUpperCase(Locale.ROOT)),
                Confidence.of(score),
                score,
                Json.read(row.getString(7), TEXTS),
                amount(row, 8, currency),
                amount(row, 9, currency),
                currency,
                baseImpact(row),
                MoneyKind.valueOf(row.getString(12).toUpperCase(Locale.ROOT)),
                row.getLong(13) == 1,
                row.getLong(14) == 1,
                Json.read(row.getString(15), TEXTS),
                row.getString(16),
                Json.read(row.getString(17), FIELDS),
                Json.read(row.getString(18), FIELDS),
                row.getString(19),
                CaseStatus.valueOf(row.getString(20).toUpperCase(Locale.ROOT)),
                row.getString(21),
                Instant.parse(row.getString(22)),
                Instant.parse(row.getString(23)),
                Json.read(row.getString(24), CaseSentiment.class),
                row.getString(25),
                row.getString(26));
    }

    /** Writes what {@link #read} would give; lists and records are not read for it. */
    static void write(ResultSet row, JsonGenerator json) throws SQLException {
        String currency = row.getString(10);
        BigDecimal score = new BigDecimal(row.getString(6));
        json.writeStartObject();
        json.writeStringProperty("case_id", row.getString(1));
        json.writeStringProperty("run_id", row.getString(2));
        json.writeStringProperty("title", row.getString(3));
        json.writeStringProperty("anomaly_type", row.getString(4));
        json.writeStringProperty("severity", row.getString(5));
        json.writeStringProperty("confidence", Confidence.of(score).name().toLowerCase(Locale.ROOT));
        json.writeNumberProperty("confidence_score", score);
        Json.writeStored(json, "confidence_reasons", row.getString(7));
        json.writeNumberProperty("gross_impact", amount(row, 8, currency));
        json.writeNumberProperty("estimated_impact", amount(row, 9, currency));
        json.writeStringProperty("currency", currency);
        json.writeNumberProperty("base_impact", baseImpact(row));
        json.writeStringProperty("money_kind", row.getString(12));
        json.writeBooleanProperty("recurring", row.getLong(13) == 1);
        json.writeBooleanProperty("in_totals", row.getLong(14) == 1);
        Json.writeStored(json, "evidence", row.getString(15));
        json.writeStringProperty("evidence_sql", row.getString(16));
        Json.writeStored(json, "affected_entities", row.getString(17));
        Json.writeStored(json, "features", row.getString(18));
        json.writeStringProperty("recommended_action", row.getString(19));
        json.writeStringProperty("status", row.getString(20));
        json.writeStringProperty("status_reason", row.getString(21));
        json.writeStringProperty("created_at", row.getString(22));
        json.writeStringProperty("updated_at", row.getString(23));
        Json.writeStored(json, "sentiment_score", row.getString(24));
        json.writeStringProperty("fingerprint", row.getString(25));
        json.writeStringProperty("problem_id", row.getString(26));
        json.writeEndObject();
    }

    private static @Nullable BigDecimal baseImpact(ResultSet row) throws SQLException {
        long units = row.getLong(11);
        return row.wasNull() ? null : BigDecimal.valueOf(units, 4);
    }

    private static BigDecimal amount(ResultSet row, int place, String currency) throws SQLException {
        return Money.rounded(BigDecimal.valueOf(row.getLong(place), 4), currency);
    }
}
