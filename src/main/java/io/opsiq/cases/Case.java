package io.opsiq.cases;

import io.opsiq.detectors.Detector.MoneyKind;
import io.opsiq.detectors.Detector.Severity;
import io.opsiq.sentiment.CaseSentiment;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A case as interfaces show it.
 *
 * @param caseId made from the fingerprint alone, so the same fact has the same id in every run and state
 * @param runId the last run that saw the fact
 * @param confidenceScore the probability that it is a true leak, 0..1
 * @param confidenceReasons why the score is not what the detector expects of itself; empty when it is
 * @param grossImpact the money of the fact, in {@code currency}
 * @param estimatedImpact gross less what verdicts on its kind took off
 * @param baseImpact gross in the base currency at the fact's date; null without a rate
 * @param inTotals false where the money is counted by the facts that it is made of
 * @param problemId the systemic problem that it is a part of; null: none
 * @param statusReason why it has its status; null while it is open
 */
public record Case(
        String caseId,
        String runId,
        String title,
        String anomalyType,
        Severity severity,
        Confidence confidence,
        BigDecimal confidenceScore,
        List<String> confidenceReasons,
        BigDecimal grossImpact,
        BigDecimal estimatedImpact,
        String currency,
        @Nullable BigDecimal baseImpact,
        MoneyKind moneyKind,
        boolean recurring,
        boolean inTotals,
        List<String> evidence,
        String evidenceSql,
        Map<String, Object> affectedEntities,
        Map<String, Object> features,
        String recommendedAction,
        CaseStatus status,
        @Nullable String statusReason,
        Instant createdAt,
        Instant updatedAt,
        CaseSentiment sentimentScore,
        String fingerprint,
        @Nullable String problemId) {}
