package io.opsiq.detectors;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One folder of the pack.
 *
 * @param title template of a case's title
 * @param leak what leaks, in a sentence
 * @param prior the share of true findings to expect before any verdict, 0..1
 * @param severities by gross impact in the base currency, ascending, the first from 0
 * @param requires table to the columns that must be there
 * @param oneOf alternatives in the form of {@code requires}, of which one must be there as well, if there are any
 * @param entity query columns that a case names
 * @param fingerprint query columns that say what the fact is about
 * @param counts kind of record to the query column that holds the ids whose money a finding counts
 * @param shares query column with the amounts of the counted ids, in their order: then a finding gives way in part; null: as a whole
 * @param specificOver types that give way to this one over the same record
 * @param features query columns kept for learning
 * @param causes kind of cause to the query columns that findings of one such cause share; {@code day} is the day of the fact
 * @param evidence templates of sentences
 * @param folder where it was read from; its tests are there
 */
public record Detector(
        String id,
        String name,
        String title,
        String leak,
        Maturity maturity,
        Phase phase,
        BigDecimal prior,
        List<SeverityFrom> severities,
        Map<String, List<String>> requires,
        List<Map<String, List<String>>> oneOf,
        Map<String, Param> params,
        List<String> entity,
        List<String> fingerprint,
        Map<String, String> counts,
        @Nullable String shares,
        List<String> specificOver,
        MoneyKind money,
        boolean recurring,
        boolean inTotals,
        List<String> features,
        Map<String, List<String>> causes,
        List<String> evidence,
        List<String> falsePositives,
        List<String> knownGaps,
        List<String> assumptions,
        String recommendedAction,
        List<String> references,
        String query,
        String evidenceSql,
        String triage,
        Path folder) {

    /** How much a detector has proved. */
    public enum Maturity {
        EXPERIMENTAL,
        TESTING,
        STABLE,
        DEPRECATED
    }

    /** Facts are judged first; rhythms then see what is left. */
    public enum Phase {
        FACTS,
        RHYTHMS
    }

    /** Whose money it is. */
    public enum MoneyKind {
        LOST,
        RECOVERABLE,
        OWED_TO_CUSTOMER
    }

    /** How bad a finding is. */
    public enum Severity {
        LOW,
        MEDIUM,
        HIGH,
        CRITICAL
    }

    /** A severity and the gross impact from which it holds. */
    public record SeverityFrom(BigDecimal from, Severity level) {}

    /** A limit of the detector, with the bounds that learning must keep to. */
    public record Param(
            BigDecimal value,
            BigDecimal min,
            BigDecimal max,
            BigDecimal step,
            String unit,
            boolean learnable,
            String about) {}

    /** The severity of this gross impact. */
    public Severity severity(BigDecimal gross) {
        return severities.stream()
                .filter(step -> gross.compareTo(step.from()) >= 0)
                .reduce((lower, higher) -> higher)
                .orElse(severities.getFirst())
                .level();
    }
}
