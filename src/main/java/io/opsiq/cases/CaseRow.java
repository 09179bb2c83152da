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
import java.util.Objects;
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

    private static final int COUNT = COLUMNS.split(",").length;

    private final @Nullable String[] columns;

    private CaseRow(@Nullable String[] columns) {
        this.columns = columns;
    }

    /** The current row, which may then be worked on while the next is read. */
    static CaseRow of(ResultSet row) throws SQLException {
        @Nullable String[] columns = new String[COUNT];
        for (int i = 0; i < COUNT; i++) {
            columns[i] = row.getString(i + 1);
        }
        return new CaseRow(columns);
    }

    Case toCase() {
        String currency = text(10);
        BigDecimal score = new BigDecimal(text(6));
        return new Case(
                text(1),
                text(2),
                text(3),
                text(4),
                Severity.valueOf(text(5).toUpperCase(Locale.ROOT)),
                Confidence.of(score),
                score,
                Json.read(text(7), TEXTS),
                amount(8, currency),
                amount(9, currency),
                currency,
                baseImpact(),
                MoneyKind.valueOf(text(12).toUpperCase(Locale.ROOT)),
                isSet(13),
                isSet(14),
                Json.read(text(15), TEXTS),
                text(16),
                Json.read(text(17), FIELDS),
                Json.read(text(18), FIELDS),
                text(19),
                CaseStatus.valueOf(text(20).toUpperCase(Locale.ROOT)),
                textOrNull(21),
                Instant.parse(text(22)),
                Instant.parse(text(23)),
                Json.read(text(24), CaseSentiment.class),
                text(25),
                textOrNull(26));
    }

    /** Writes what {@link #toCase} would give; lists and records are not read for it. */
    void write(JsonGenerator json) {
        String currency = text(10);
        BigDecimal score = new BigDecimal(text(6));
        json.writeStartObject();
        json.writeStringProperty("case_id", text(1));
        json.writeStringProperty("run_id", text(2));
        json.writeStringProperty("title", text(3));
        json.writeStringProperty("anomaly_type", text(4));
        json.writeStringProperty("severity", text(5));
        json.writeStringProperty("confidence", Confidence.of(score).name().toLowerCase(Locale.ROOT));
        json.writeNumberProperty("confidence_score", score);
        Json.writeStored(json, "confidence_reasons", text(7));
        json.writeNumberProperty("gross_impact", amount(8, currency));
        json.writeNumberProperty("estimated_impact", amount(9, currency));
        json.writeStringProperty("currency", currency);
        json.writeNumberProperty("base_impact", baseImpact());
        json.writeStringProperty("money_kind", text(12));
        json.writeBooleanProperty("recurring", isSet(13));
        json.writeBooleanProperty("in_totals", isSet(14));
        Json.writeStored(json, "evidence", text(15));
        json.writeStringProperty("evidence_sql", text(16));
        Json.writeStored(json, "affected_entities", text(17));
        Json.writeStored(json, "features", text(18));
        json.writeStringProperty("recommended_action", text(19));
        json.writeStringProperty("status", text(20));
        json.writeStringProperty("status_reason", textOrNull(21));
        json.writeStringProperty("created_at", text(22));
        json.writeStringProperty("updated_at", text(23));
        Json.writeStored(json, "sentiment_score", text(24));
        json.writeStringProperty("fingerprint", text(25));
        json.writeStringProperty("problem_id", textOrNull(26));
        json.writeEndObject();
    }

    private String text(int place) {
        return Objects.requireNonNull(columns[place - 1]);
    }

    private @Nullable String textOrNull(int place) {
        return columns[place - 1];
    }

    private boolean isSet(int place) {
        return text(place).equals("1");
    }

    private @Nullable BigDecimal baseImpact() {
        String units = textOrNull(11);
        return units == null ? null : BigDecimal.valueOf(Long.parseLong(units), 4);
    }

    private BigDecimal amount(int place, String currency) {
        return Money.rounded(BigDecimal.valueOf(Long.parseLong(text(place)), 4), currency);
    }
}
