package io.opsiq.detectors;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.opsiq.detectors.Detector.Maturity;
import io.opsiq.detectors.Detector.MoneyKind;
import io.opsiq.detectors.Detector.Phase;
import io.opsiq.detectors.Detector.Severity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A {@code detector.yaml} as it is written; anything may be missing. */
record DetectorYaml(
        @Nullable String id,
        @Nullable String name,
        @Nullable String title,
        @Nullable String leak,
        @Nullable Maturity maturity,
        @Nullable Phase phase,
        @Nullable BigDecimal priorPrecision,
        @Nullable List<SeverityYaml> severity,
        @Nullable Map<String, List<String>> requires,
        @Nullable List<Map<String, List<String>>> oneOf,
        @Nullable Map<String, ParamYaml> params,
        @Nullable List<String> entity,
        @Nullable List<String> fingerprint,
        @Nullable Map<String, String> counts,
        @Nullable String shares,
        @Nullable List<String> specificOver,
        @Nullable MoneyYaml money,
        @Nullable List<String> features,
        @Nullable Map<String, List<String>> causes,
        @Nullable List<String> evidence,
        @Nullable List<String> falsePositives,
        @Nullable List<String> knownGaps,
        @Nullable List<String> assumptions,
        @Nullable String recommendedAction,
        @Nullable List<String> references) {

    record SeverityYaml(BigDecimal from, Severity level) {}

    record MoneyYaml(
            @Nullable MoneyKind kind,
            @Nullable Term term,
            @Nullable Boolean totals) {}

    enum Term {
        ONE_TIME,
        RECURRING
    }

    record ParamYaml(
            @JsonProperty("default") @Nullable BigDecimal value,

            @Nullable BigDecimal min,
            @Nullable BigDecimal max,
            @Nullable BigDecimal step,
            @Nullable String unit,
            boolean learnable,
            @Nullable String about) {}
}
