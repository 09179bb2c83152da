package io.opsiq.evaluation;

/** How good a run was as it stands now: its last evaluation, and what the scores were worth that it showed. */
public record RunQuality(Evaluation eval, Calibration calibration) {}
