package io.opsiq.evaluation;

import java.time.Instant;

/**
 * How good a run was, as of {@code timestamp}.
 *
 * @param actionability 1..5: do the cases say what to do and rest on evidence, and were they worth acting on
 * @param correctness 1..5: the share of cases that nobody has found false
 * @param specificity 1..5: do the cases put a number on the money and go into detail
 * @param calibrationNote how the scores shown compare with what reviewers said
 */
public record Evaluation(
        String runId,
        int actionability,
        int correctness,
        int specificity,
        String calibrationNote,
        long totalCases,
        long falsePositiveCount,
        Instant timestamp) {}
